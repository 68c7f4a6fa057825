package dev.kamalbackup.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kamalbackup.testing.TestRepository;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
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

    @BeforeEach
    void anAppWithASlowRepository() throws Exception {
        app = AppFolder.create(folder.resolve("shop"), "0.19");
        app.repository.run("init");
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
    void noSecretIsInAnyCommandLineOutputOrFile() throws Exception {
        Process program = startAndAwaitTheStream();
        Set<String> commandLines = new TreeSet<>();
        try {
            for (int i = 0; i < 20; i++) {
                commandLines.add(commandLine(program.toHandle()));
                program.descendants().forEach(child -> commandLines.add(commandLine(child)));
                Thread.sleep(50);
            }
            assertThat(environment(program)).as("the search can find it").contains(TestRepository.PASSWORD);
        } finally {
            program.destroy();
            program.waitFor(30, TimeUnit.SECONDS);
        }

        StringBuilder everything = new StringBuilder(String.join("\n", commandLines)).append(err());
        try (Stream<Path> state = Files.walk(app.state())) {
            for (Path file : state.filter(Files::isRegularFile).toList()) {
                everything.append(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
            }
        }
        assertThat(everything.toString())
                .contains("--stdin-from-command")
                .contains("\"outcome\":\"interrupted\"")
                .doesNotContain(TestRepository.PASSWORD);
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
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!streaming()) {
            assertThat(program.isAlive()).as("%s", err()).isTrue();
            assertThat(System.nanoTime()).as("waiting for the stream").isLessThan(deadline);
            Thread.sleep(50);
        }
        Thread.sleep(500);
        return program;
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

    private static String commandLine(ProcessHandle process) {
        return proc(process.pid(), "cmdline");
    }

    private static String environment(Process process) {
        return proc(process.pid(), "environ");
    }

    private static String proc(long pid, String file) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(pid), file), StandardCharsets.ISO_8859_1)
                    .replace('\0', ' ');
        } catch (IOException gone) {
            return "";
        }
    }
}
