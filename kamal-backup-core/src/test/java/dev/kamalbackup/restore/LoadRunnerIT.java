package dev.kamalbackup.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kamalbackup.error.Fault;
import dev.kamalbackup.error.RestoreException;
import dev.kamalbackup.plan.LeadingLines;
import dev.kamalbackup.plan.LoadStep;
import dev.kamalbackup.process.Cancellation;
import dev.kamalbackup.process.ChildEnvironment;
import dev.kamalbackup.process.Command;
import dev.kamalbackup.process.ExecLauncher;
import dev.kamalbackup.process.ProcessLauncher;
import dev.kamalbackup.redact.Redactor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Chains of real programs: the last one meets the end of its input only when all before it have ended well, and when it is wanted. */
class LoadRunnerIT {
    private final ProcessLauncher launcher = ExecLauncher.detect(Redactor.none(), System.getenv());
    private final LoadRunner runner = new LoadRunner(launcher);

    @TempDir
    private Path folder;

    @AfterEach
    void nothingIsLeftRunning() {
        assertThat(ProcessHandle.current().descendants()).isEmpty();
    }

    @Test
    void everyProgramReadsWhatTheOneBeforeWrites() throws Exception {
        assertThat(run("tr a-z A-Z", "sed s/ROW/LINE/", "cat >" + committed())).isEmpty();

        assertThat(committed()).hasContent("LINE 1\nLINE 2");
    }

    @Test
    void aProgramThatFailsAfterWritingKeepsTheNextFromCommitting() throws Exception {
        Optional<String> flaw = run("cat; echo 'archive is cut' >&2; exit 3", "cat >/dev/null && touch " + committed());

        assertThat(flaw)
                .hasValueSatisfying(said -> assertThat(said).startsWith("sh ended with exit code 3: archive is cut"));
        assertThat(committed()).doesNotExist();
    }

    @Test
    void aLoaderThatFailsIsBlamedWithItsOwnWords() throws Exception {
        Optional<String> flaw = run("cat; while echo row; do :; done", "echo 'no such table' >&2; exit 4");

        assertThat(flaw)
                .hasValueSatisfying(said -> assertThat(said).contains("sh ended with exit code 4: no such table"));
    }

    @Test
    void aProgramThatDoesNotEndIsEnded() throws Exception {
        Optional<String> flaw = runner.run(chain(Duration.ofSeconds(2), "cat; sleep 300"), new Cancellation());

        assertThat(flaw).hasValueSatisfying(said -> assertThat(said).contains("did not end within 2 s"));
    }

    @Test
    void theLastProgramSeesEverythingButTheEndUntilItIsCommitted() throws Exception {
        LoadStep.Chain chain = chain(Duration.ofSeconds(60), "cat", "cat >" + committed());
        Files.writeString(chain.input(), "x".repeat(200_000) + "END\n");
        try (OpenLoad load = open(chain)) {
            assertThat(load.fill()).isEmpty();
            assertThat(committed()).content().doesNotContain("END");

            assertThat(load.commit()).isEmpty();
        }
        assertThat(committed()).content().hasSize(200_004).endsWith("END\n");
    }

    @Test
    void theStatementThatCommitsIsHeldBackWhateverIsWrittenAfterIt() throws Exception {
        LoadStep.Chain chain = chain(
                Duration.ofSeconds(60), "cat; echo COMMIT; sleep 0.3; echo -- complete; exit 1", "cat >" + committed());
        Files.writeString(chain.input(), "x".repeat(300_000) + "\n");
        try (OpenLoad load = open(chain)) {
            assertThat(load.fill()).isPresent();
        }
        assertThat(committed()).content().startsWith("xxx").doesNotContain("COMMIT");
    }

    @Test
    void whatIsClosedBeforeItIsCommittedNeverSeesTheEnd() throws Exception {
        LoadStep.Chain chain = chain(Duration.ofSeconds(60), "cat", "cat && touch " + committed());
        try (OpenLoad load = open(chain)) {
            assertThat(load.fill()).isEmpty();
        }
        assertThat(committed()).doesNotExist();
    }

    @Test
    void theLastProgramIsNotStartedForWhatTheFirstCannotRead() throws Exception {
        Optional<String> flaw = run("echo 'unsupported version' >&2; exit 1", "touch " + committed() + "; cat");

        assertThat(flaw).hasValue("sh ended with exit code 1: unsupported version");
        assertThat(committed()).doesNotExist();
    }

    @Test
    void aProgramThatNeedsNoMoreOfItsInputIsNoFailure() throws Exception {
        LoadStep.Chain chain = chain(Duration.ofSeconds(60), "head -c 5", "cat >" + committed());
        Files.writeString(chain.input(), "row 1" + "x".repeat(1_000_000));

        assertThat(runner.run(chain, new Cancellation())).isEmpty();
        assertThat(committed()).hasContent("row 1");
    }

    @Test
    void aDumpThatWasNotWholeIsToldAndNothingIsCommitted() throws Exception {
        LoadStep.Chain chain = chain(Duration.ofSeconds(60), "cat", "cat && touch " + committed());
        LoadInput cut = new LoadInput() {
            private int left = 3;

            @Override
            public int read(byte[] chunk) {
                return left-- > 0 ? chunk.length : -1;
            }

            @Override
            public void requireWhole() {
                throw new RestoreException(new Fault("fetch the dump", "", "restic ended with exit code 1", ""));
            }

            @Override
            public void close() {}
        };
        try (OpenLoad load = new OpenLoad(chain, cut, launcher, new Cancellation())) {
            assertThatThrownBy(load::fill).hasMessageContaining("restic ended with exit code 1");
        }
        assertThat(committed()).doesNotExist();
    }

    private OpenLoad open(LoadStep.Chain chain) throws Exception {
        return new OpenLoad(chain, LoadInput.of(chain.input()), launcher, new Cancellation());
    }

    private Optional<String> run(String... scripts) throws Exception {
        return runner.run(chain(Duration.ofSeconds(60), scripts), new Cancellation());
    }

    private LoadStep.Chain chain(Duration timeout, String... scripts) throws Exception {
        Path input = Files.writeString(folder.resolve("input"), "row 1\nrow 2\n");
        ChildEnvironment environment = ChildEnvironment.basics(System.getenv());
        return new LoadStep.Chain(
                "load",
                input,
                Stream.of(scripts)
                        .map(script -> new Command("/bin/sh", List.of("-c", script), environment))
                        .toList(),
                LeadingLines.none(),
                timeout,
                "");
    }

    private Path committed() {
        return folder.resolve("committed");
    }
}
