package dev.kamalbackup.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kamalbackup.config.DatabaseSettings;
import dev.kamalbackup.error.KamalBackupException;
import dev.kamalbackup.error.Problem;
import dev.kamalbackup.plan.CommandStep;
import dev.kamalbackup.plan.DumpPlan;
import dev.kamalbackup.plan.DumpProof;
import dev.kamalbackup.plan.DumpSample;
import dev.kamalbackup.plan.DumpSource;
import dev.kamalbackup.plan.LoadStep;
import dev.kamalbackup.plan.RestorePlan;
import dev.kamalbackup.process.Cancellation;
import dev.kamalbackup.process.Command;
import dev.kamalbackup.process.ExecLauncher;
import dev.kamalbackup.redact.Redactor;
import dev.kamalbackup.redact.Secret;
import dev.kamalbackup.run.PlanningContext;
import dev.kamalbackup.testing.PlanExecutor;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What every adapter promises, with a real database of its kind. Extend it in the adapter's tests and supply the
 * databases; each hook is called at most once a test, so it may make a new database every time.
 */
public abstract class DatabaseAdapterContract {
    /**
     * The password that {@link #source()} and {@link #target()} must carry if the adapter has secret options. It must
     * never be seen.
     */
    public static final String CANARY = "canary-database-5e1d7b";

    private static final Map<String, String> NOT_FOR_THE_ADAPTER = Map.of(
            "RESTIC_PASSWORD", "canary-repository-0a",
            "AWS_SECRET_ACCESS_KEY", "canary-store-0b",
            "SECRET_KEY_BASE", "canary-app-0c",
            "LD_PRELOAD", "/nowhere/canary.so");

    @TempDir
    private Path folder;

    /** The adapter's class. */
    protected abstract Class<? extends DatabaseAdapter> adapterClass();

    /** A database with some content. */
    protected abstract DatabaseSettings source() throws Exception;

    /** Another database, which a restore replaces; best with content of its own, so that what stays behind shows. */
    protected abstract DatabaseSettings target() throws Exception;

    /** Settings of a database that does not exist. */
    protected abstract DatabaseSettings missing() throws Exception;

    /** Everything in a database as text that is equal if the content is equal. */
    protected abstract String content(DatabaseSettings database) throws Exception;

    /**
     * Whether the proof can tell a dump that was cut off from a whole one; formats without a trailer or a length, where
     * the dumper's exit code alone tells, say no.
     */
    protected boolean proofSeesTruncation() {
        return true;
    }

    @Test
    void namesFitIntoTagsAndFileNames() {
        AdapterDescription description = adapter().description();

        assertThat(description.id()).matches("[a-z][a-z0-9-]*");
        assertThat(description.aliases())
                .allSatisfy(alias -> assertThat(alias).matches("[a-z][a-z0-9-]*"))
                .doesNotContain(description.id());
        assertThat(description.dumpExtension()).matches("[a-z0-9]+");
        assertThat(description.answersTo(description.id().toUpperCase(java.util.Locale.ROOT)))
                .isTrue();
    }

    @Test
    void everyOptionIsExplainedAndEveryToolSaysHowToGetIt() {
        AdapterDescription description = adapter().description();

        assertThat(description.options())
                .isNotEmpty()
                .allSatisfy(option -> assertThat(option.name()).matches("[a-z][a-z0-9_]*"))
                .allSatisfy(option -> assertThat(option.help()).isNotBlank())
                .extracting(OptionKey::name)
                .doesNotHaveDuplicates()
                .doesNotContain("name", "adapter");
        assertThat(description.tools())
                .allSatisfy(tool -> assertThat(tool.program()).isNotBlank())
                .allSatisfy(tool -> assertThat(tool.install()).isNotBlank())
                .allSatisfy(tool -> assertThat(tool.versionArguments()).isNotEmpty());
    }

    @Test
    void theClassIsPublicAndHasAPublicConstructorWithoutParameters() throws Exception {
        assertThat(Modifier.isPublic(adapterClass().getModifiers())).isTrue();
        assertThat(Modifier.isPublic(adapterClass().getDeclaredConstructor().getModifiers()))
                .isTrue();
    }

    @Test
    void serviceLoaderFindsItOnce() {
        assertThat(ServiceLoader.load(DatabaseAdapter.class).stream().map(ServiceLoader.Provider::type))
                .filteredOn(type -> type.equals(adapterClass()))
                .hasSize(1);
        assertThat(Adapters.discover().find(adapter().description().id()))
                .hasValueSatisfying(found -> assertThat(found).isInstanceOf(adapterClass()));
    }

    @Test
    void itHasNoFieldThatChanges() {
        for (Class<?> type = adapterClass(); type != null; type = type.getSuperclass()) {
            assertThat(type.getDeclaredFields())
                    .filteredOn(field -> !field.isSynthetic())
                    .extracting(Field::toGenericString)
                    .allSatisfy(field -> assertThat(field).contains(" final "));
        }
    }

    @Test
    void emptySettingsAreAProblemOfAnOptionTheAdapterKnows() {
        List<Problem> problems = adapter().check(empty());

        assertThat(problems).isNotEmpty();
        assertThat(problems)
                .allSatisfy(problem -> assertThat(problem.message()).isNotBlank())
                .extracting(Problem::key)
                .isSubsetOf(adapter().description().options().stream()
                        .map(OptionKey::name)
                        .toList());
    }

    @Test
    void goodSettingsAreNoProblem() throws Exception {
        assertThat(adapter().check(source())).isEmpty();
    }

    @Test
    void liveFilesAreAbsoluteAndAlwaysTheSame() throws Exception {
        DatabaseSettings source = source();

        assertThat(adapter().liveFiles(source))
                .allSatisfy(file -> assertThat(file).isAbsolute())
                .doesNotHaveDuplicates()
                .isEqualTo(adapter().liveFiles(source));
        assertThat(adapter().liveFiles(empty())).isEmpty();
    }

    @Test
    void planningChangesNothing() throws Exception {
        DatabaseSettings source = source();
        String before = content(source);

        adapter().planDump(source, context("scratch"));
        adapter().planRestore(source, context("scratch"));

        assertThat(folder.resolve("scratch")).doesNotExist();
        assertThat(content(source)).isEqualTo(before);
    }

    @Test
    void oneAdapterPlansTheSameForTheSameSettingsWhateverItPlannedBefore() throws Exception {
        DatabaseAdapter adapter = adapter();
        DatabaseSettings source = source();
        DatabaseSettings target = target();
        DumpPlan first = adapter.planDump(source, context("scratch"));
        RestorePlan firstRestore = adapter.planRestore(source, context("scratch"));

        adapter.planDump(target, context("other"));
        adapter.planRestore(target, context("other"));

        assertThat(commands(adapter.planDump(source, context("scratch")))).isEqualTo(commands(first));
        assertThat(commands(adapter.planRestore(source, context("scratch")))).isEqualTo(commands(firstRestore));
        assertThat(commands(adapter().planDump(source, context("scratch")))).isEqualTo(commands(first));
    }

    @Test
    void plansStayWithinTheirScratchFolder() throws Exception {
        DatabaseSettings source = source();
        DumpPlan dump = adapter().planDump(source, context("scratch"));
        RestorePlan restore = adapter().planRestore(source, context("scratch"));

        if (dump.source() instanceof DumpSource.ScratchFile file) {
            assertThat(file.file()).startsWith(folder.resolve("scratch"));
        }
        assertThat(restore.dump()).startsWith(folder.resolve("scratch"));
    }

    @Test
    void everyStepHasANameAndALimit() throws Exception {
        DatabaseSettings source = source();
        RestorePlan restore = adapter().planRestore(source, context("scratch"));

        assertThat(steps(adapter().planDump(source, context("scratch")), restore))
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
        RestorePlan restore = adapter().planRestore(source, context("scratch"));

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
        commands.addAll(commands(adapter().planRestore(source, context("scratch"))));

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
        assertThat(adapter().planRestore(source, context("scratch")).proof().flaw(sample(dump)))
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

    // --- for the tests of subclasses, too

    /** A new adapter, made as {@link ServiceLoader} makes it. */
    protected final DatabaseAdapter adapter() {
        try {
            return adapterClass().getConstructor().newInstance();
        } catch (ReflectiveOperationException notMade) {
            throw new LinkageError("the adapter needs a public constructor without parameters", notMade);
        }
    }

    /** Dumps this database into a file, as the adapter plans it. */
    protected final Path dump(DatabaseSettings database) throws IOException {
        Path scratch = Files.createTempDirectory(folder, "dump");
        Path file = scratch.resolve("repository");
        DumpPlan plan = adapter().planDump(database, context(scratch.resolve("scratch")));
        executor().dump(plan, scratch.resolve("scratch"), file);
        return file;
    }

    /** Restores this file into this database, as the adapter plans it. */
    protected final void restore(Path dump, DatabaseSettings target, String scratch) throws IOException {
        executor().restore(adapter().planRestore(target, context(scratch)), dump);
    }

    private AdapterContext context(String scratch) {
        return context(folder.resolve(scratch));
    }

    /** A context whose environment is full of what is none of the adapter's business. */
    private static AdapterContext context(Path scratch) {
        Map<String, String> environment = new TreeMap<>(NOT_FOR_THE_ADAPTER);
        environment.put("PATH", System.getenv("PATH"));
        return new PlanningContext(environment, scratch, launcher(), new Cancellation());
    }

    private static DatabaseSettings empty() {
        return DatabaseSettings.of("app", "any");
    }

    private static PlanExecutor executor() {
        return new PlanExecutor(launcher());
    }

    private static ExecLauncher launcher() {
        return ExecLauncher.detect(Redactor.none(), System.getenv());
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

    private static List<CommandStep> steps(DumpPlan dump, RestorePlan restore) {
        List<CommandStep> steps = new ArrayList<>(dump.prepare());
        steps.addAll(dump.alongside());
        steps.addAll(restore.preflight());
        restore.load().stream()
                .flatMap(load -> load instanceof LoadStep.Run run ? Stream.of(run.step()) : Stream.empty())
                .forEach(steps::add);
        steps.addAll(restore.verify());
        return steps;
    }

    private static List<Command> commands(DumpPlan plan) {
        List<Command> commands = new ArrayList<>();
        plan.prepare().forEach(step -> commands.add(step.command()));
        if (plan.source() instanceof DumpSource.Program program) {
            commands.add(program.command());
        }
        plan.alongside().forEach(step -> commands.add(step.command()));
        return commands;
    }

    private static List<Command> commands(RestorePlan plan) {
        List<Command> commands = new ArrayList<>();
        plan.preflight().forEach(step -> commands.add(step.command()));
        plan.load().forEach(load -> {
            if (load instanceof LoadStep.Run run) {
                commands.add(run.step().command());
            } else if (load instanceof LoadStep.Chain chain) {
                commands.addAll(chain.programs());
            }
        });
        plan.verify().forEach(step -> commands.add(step.command()));
        return commands;
    }
}
