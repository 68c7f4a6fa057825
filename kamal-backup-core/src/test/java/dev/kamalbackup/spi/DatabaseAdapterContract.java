package dev.kamalbackup.spi;

import static dev.kamalbackup.testing.Plans.commands;
import static dev.kamalbackup.testing.Plans.steps;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kamalbackup.config.DatabaseSettings;
import dev.kamalbackup.error.KamalBackupException;
import dev.kamalbackup.plan.DumpPlan;
import dev.kamalbackup.plan.DumpProof;
import dev.kamalbackup.plan.DumpSample;
import dev.kamalbackup.plan.DumpSource;
import dev.kamalbackup.plan.RestorePlan;
import dev.kamalbackup.process.Command;
import dev.kamalbackup.redact.Secret;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What every adapter promises, with a real database of its kind. Extend it in the adapter's tests and supply the
 * databases; each hook is called at most once a test, so it may make a new database every time.
 */
public abstract class DatabaseAdapterContract extends DatabaseAdapterContractDrills {
    /**
     * Whether the proof can tell a dump that was cut off from a whole one; formats without a trailer or a length, where
     * the dumper's exit code alone tells, say no.
     */
    protected boolean proofSeesTruncation() {
        return true;
    }

    @Test
    void planningChangesNothing() throws Exception {
        DatabaseSettings source = source();
        String before = content(source);

        adapter().planDump(source, context("scratch"));
        adapter().planRestore(source, RestoreOptions.none(), context("scratch"));

        assertThat(folder.resolve("scratch")).doesNotExist();
        assertThat(content(source)).isEqualTo(before);
    }

    @Test
    void oneAdapterPlansTheSameForTheSameSettingsWhateverItPlannedBefore() throws Exception {
        DatabaseAdapter adapter = adapter();
        DatabaseSettings source = source();
        DatabaseSettings target = target();
        DumpPlan first = adapter.planDump(source, context("scratch"));
        RestorePlan firstRestore = adapter.planRestore(source, RestoreOptions.none(), context("scratch"));

        adapter.planDump(target, context("other"));
        adapter.planRestore(target, RestoreOptions.none(), context("other"));

        assertThat(commands(adapter.planDump(source, context("scratch")))).isEqualTo(commands(first));
        assertThat(commands(adapter.planRestore(source, RestoreOptions.none(), context("scratch"))))
                .isEqualTo(commands(firstRestore));
        assertThat(commands(adapter().planDump(source, context("scratch")))).isEqualTo(commands(first));
    }

    @Test
    void plansStayWithinTheirScratchFolder() throws Exception {
        DatabaseSettings source = source();
        DumpPlan dump = adapter().planDump(source, context("scratch"));
        RestorePlan restore = adapter().planRestore(source, RestoreOptions.none(), context("scratch"));

        if (dump.source() instanceof DumpSource.ScratchFile file) {
            assertThat(file.file()).startsWithRaw(folder.resolve("scratch"));
        }
        assertThat(restore.dump()).startsWithRaw(folder.resolve("scratch"));
    }

    @Test
    void everyStepHasANameAndALimit() throws Exception {
        DatabaseSettings source = source();
        RestorePlan restore = adapter().planRestore(source, RestoreOptions.none(), context("scratch"));

        assertThat(Stream.concat(
                        steps(adapter().planDump(source, context("scratch"))).stream(), steps(restore).stream()))
                .allSatisfy(step -> assertThat(step.name()).isNotBlank())
                .allSatisfy(step -> assertThat(step.timeout()).isPositive());
        assertThat(restore.load()).isNotEmpty();
    }

    @Test
    void noSecretIsInAnArgumentOrInAnythingPrinted() throws Exception {
        DatabaseSettings source = source();
        if (adapter().description().options().stream().anyMatch(OptionKey::secret)) {
            assertThat(source.secrets().values().stream().map(Secret::reveal))
                    .as("source() carries the canary")
                    .anyMatch(secret -> secret.contains(CANARY));
        }
        DumpPlan dump = adapter().planDump(source, context("scratch"));
        RestorePlan restore = adapter().planRestore(source, RestoreOptions.none(), context("scratch"));

        assertThat(commands(dump))
                .allSatisfy(command -> assertThat(command.line()).noneMatch(argument -> argument.contains(CANARY)));
        assertThat(commands(restore))
                .allSatisfy(command -> assertThat(command.line()).noneMatch(argument -> argument.contains(CANARY)));
        assertThat(dump.toString() + restore + source + adapter().location(source))
                .doesNotContain(CANARY);
        assertThat(dump.location()).isEqualTo(adapter().location(source)).isNotBlank();
        assertThat(restore.location()).isEqualTo(adapter().location(source));
        assertThat(adapter().location(empty())).isNotNull();
    }

    @Test
    void programsSeeOnlyTheEnvironmentGivenToThem() throws Exception {
        DatabaseSettings source = source();
        List<Command> commands = new ArrayList<>(commands(adapter().planDump(source, context("scratch"))));
        commands.addAll(commands(adapter().planRestore(source, RestoreOptions.none(), context("scratch"))));

        assertThat(commands).isNotEmpty().allSatisfy(command -> {
            assertThat(command.environment().names()).doesNotContainAnyElementsOf(NOT_FOR_THE_ADAPTER.keySet());
            // The context has no HOME, though this process has one.
            assertThat(command.environment().names()).doesNotContain("HOME");
        });
    }

    @Test
    void theProofAcceptsARealDumpAndNothingLess() throws Exception {
        DatabaseSettings source = source();
        byte[] dump = Files.readAllBytes(dump(source));
        DumpProof proof = adapter().planDump(source, context("scratch")).proof();

        assertThat(proof.flaw(sample(dump))).isEmpty();
        assertThat(adapter()
                        .planRestore(source, RestoreOptions.none(), context("scratch"))
                        .proof()
                        .flaw(sample(dump)))
                .isEmpty();
        assertThat(proof.flaw(sample(new byte[0]))).isPresent();
        assertThat(proof.flaw(sample(random(dump.length)))).isPresent();
        assertThat(proof.flaw(sample(random(64)))).isPresent();
        if (proofSeesTruncation()) {
            for (int length : new int[] {1, dump.length / 2, dump.length - 512, dump.length - 2}) {
                assertThat(proof.flaw(sample(Arrays.copyOf(dump, Math.max(0, length)))))
                        .as("cut off after %d of %d bytes", length, dump.length)
                        .isPresent();
            }
        }
    }

    @Test
    void aRestoredDumpHasTheSameContent() throws Exception {
        DatabaseSettings source = source();
        String original = content(source);
        Path dump = dump(source);
        DatabaseSettings target = target();

        restore(dump, target, "restore-1");

        assertThat(content(target)).isEqualTo(original);
        assertThat(content(source)).isEqualTo(original);
        // Into the very same content, as after a restore that was interrupted behind the load.
        restore(dump, target, "restore-2");
        assertThat(content(target)).isEqualTo(original);
    }

    @Test
    void aDatabaseThatDoesNotExistIsAnErrorAndNeverAnEmptyDump() throws Exception {
        DatabaseSettings missing = missing();

        assertThatThrownBy(() -> dump(missing))
                .isInstanceOf(KamalBackupException.class)
                .satisfies(error -> assertThat(String.valueOf(error.getMessage()))
                        .isNotBlank()
                        .doesNotContain(CANARY));
        assertThatThrownBy(() -> dump(missing))
                .as("the first try created nothing")
                .isInstanceOf(KamalBackupException.class);
    }

    private static DumpSample sample(byte[] dump) {
        int edge = Math.min(dump.length, DumpSample.EDGE);
        return new DumpSample(
                Arrays.copyOf(dump, edge), Arrays.copyOfRange(dump, dump.length - edge, dump.length), dump.length);
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(11).nextBytes(bytes);
        return bytes;
    }
}
