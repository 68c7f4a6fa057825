package dev.kamalbackup.restore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kamalbackup.plan.LoadStep;
import dev.kamalbackup.process.Cancellation;
import dev.kamalbackup.process.ChildEnvironment;
import dev.kamalbackup.process.Command;
import dev.kamalbackup.process.ExecLauncher;
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

/** Chains of real programs: the last one meets the end of its input only when all before it have ended well. */
class LoadRunnerIT {
    private final LoadRunner runner = new LoadRunner(ExecLauncher.detect(Redactor.none(), System.getenv()));

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
                timeout,
                "");
    }

    private Path committed() {
        return folder.resolve("committed");
    }
}
