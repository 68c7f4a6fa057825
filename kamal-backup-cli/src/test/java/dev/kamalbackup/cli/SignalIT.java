package dev.kamalbackup.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The real program, stopped from outside while a dump goes into a repository that takes only a little at a time. */
class SignalIT {
    @TempDir
    private Path folder;

    private AppFolder app;

    @AfterEach
    void nothingOutlivesTheTest() {
        ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
    }

    @BeforeEach
    void anAppWithASlowRepository() throws Exception {
        app = AppFolder.create(folder.resolve("shop"), "0.19");
        app.repository.make();
        app.shell("mkdir data; sqlite3 app.sqlite3 'CREATE TABLE t (x); WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL"
                + " SELECT i + 1 FROM n WHERE i < 40) INSERT INTO t SELECT randomblob(1000000) FROM n'");
        app.configured(EndToEndIT.configuration(app, "app.sqlite3", "data", "init_if_missing: false"));
        app.program("restic", "exec " + app.folder + "/restic-bin/restic --limit-upload 200 \"$@\"");
    }

    @ParameterizedTest
    @CsvSource({"TERM, 143", "INT, 130"})
    void aSignalEndsItWithinTenSecondsAndLeavesNothingBehind(String signal, int exitCode) throws Exception {
        Process program = startAndAwaitTheStream();
        List<ProcessHandle> children = program.descendants().toList();
        long sentAt = System.nanoTime();
        app.shell("kill -" + signal + " " + program.pid());

        assertThat(program.waitFor(60, TimeUnit.SECONDS)).isTrue();

        assertThat(Duration.ofNanos(System.nanoTime() - sentAt)).isLessThan(Duration.ofSeconds(10));
        assertThat(program.exitValue()).isEqualTo(exitCode);
        assertThat(children).isNotEmpty().noneMatch(ProcessHandle::isAlive);
        assertThat(app.repository.snapshots()).isEmpty();
        assertThat(app.repository.locks()).isEmpty();
        assertThat(Files.readString(app.state().resolve("history.jsonl"))).contains("\"outcome\":\"interrupted\"");
        assertThat(app.state().resolve("run.json")).doesNotExist();
        assertThat(err()).contains("interrupted: SIG" + signal + " received");

        theNextBackupIsGoodAndTheOnlyOne();
    }

    @Test
    void aKilledProgramLeavesNoCompleteRunNowOrAfterTheNextStart() throws Exception {
        Process program = startAndAwaitTheStream();
        List<ProcessHandle> children = program.descendants().toList();
        program.destroyForcibly();
        assertThat(program.waitFor(10, TimeUnit.SECONDS)).isTrue();
        for (ProcessHandle child : children) {
            child.onExit().get(30, TimeUnit.SECONDS);
        }

        assertThat(app.repository.snapshots()).isEmpty();
        assertThat(app.state().resolve("run.json")).exists();

        theNextBackupIsGoodAndTheOnlyOne();
        assertThat(Files.readString(app.state().resolve("history.jsonl"))).contains("\"outcome\":\"died\"");
    }

    @Test
    void aDumperThatNeverEndsIsEndedWithTheProgram() throws Exception {
        Files.delete(app.folder.resolve("bin/restic"));
        app.program("sqlite3", "touch " + app.folder + "/hanging; trap '' TERM; while :; do sleep 1; done");
        Process program = app.start(folder.resolve("out"), folder.resolve("err"), "backup");
        await(program, () -> Files.exists(app.folder.resolve("hanging")));
        List<ProcessHandle> children = program.descendants().toList();
        long sentAt = System.nanoTime();
        program.destroy();

        assertThat(program.waitFor(60, TimeUnit.SECONDS)).isTrue();

        assertThat(Duration.ofNanos(System.nanoTime() - sentAt)).isLessThan(Duration.ofSeconds(10));
        assertThat(program.exitValue()).isEqualTo(143);
        assertThat(children).isNotEmpty().noneMatch(ProcessHandle::isAlive);
        assertThat(app.repository.snapshots()).isEmpty();
        assertThat(app.repository.locks()).isEmpty();
        assertThat(Files.readString(app.state().resolve("history.jsonl"))).contains("\"outcome\":\"interrupted\"");
    }

    private void theNextBackupIsGoodAndTheOnlyOne() throws Exception {
        Files.delete(app.folder.resolve("bin/restic"));
        app.ok("backup");
        assertThat(app.ok("list").lines().skip(1)).singleElement().asString().contains(" complete ");
        assertThat(app.repository.snapshots()).hasSize(2);
        assertThat(app.state().resolve("scratch")).isEmptyDirectory();
    }

    private Process startAndAwaitTheStream() throws Exception {
        Process program = app.start(folder.resolve("out"), folder.resolve("err"), "backup");
        await(program, this::streaming);
        Thread.sleep(500);
        return program;
    }

    private void await(Process program, Callable<Boolean> condition) throws Exception {
        long deadline = System.nanoTime() + Duration.ofMinutes(2).toNanos();
        while (!condition.call()) {
            assertThat(program.isAlive()).as("%s", err()).isTrue();
            assertThat(System.nanoTime()).as("waiting for the dump").isLessThan(deadline);
            Thread.sleep(50);
        }
    }

    /** The copy is whole and restic is asked to take it; at its speed that takes minutes. */
    private boolean streaming() throws Exception {
        if (!Files.isDirectory(app.state().resolve("scratch"))) {
            return false;
        }
        try (Stream<Path> scratch = Files.walk(app.state().resolve("scratch"))) {
            List<Path> files = scratch.toList();
            return files.stream().anyMatch(file -> file.endsWith("open"))
                    && files.stream()
                            .anyMatch(file -> file.toString().endsWith(".sqlite3")
                                    && file.toFile().length() > 40_000_000);
        } catch (UncheckedIOException changing) {
            return false;
        }
    }

    private String err() throws Exception {
        return Files.readString(folder.resolve("err"), StandardCharsets.UTF_8);
    }
}
