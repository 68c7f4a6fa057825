package dev.kamalbackup.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kamalbackup.testing.LocalServer;
import dev.kamalbackup.testing.TestRepository;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real program, watched from outside: its secrets are in none of its words, files and command lines. */
class SecretsIT {
    private static final String KEY = "canary-key-51c0de";
    private static final String DATABASE_PASSWORD = "canary-database-e4b7";
    private static final List<String> SECRETS = List.of(TestRepository.PASSWORD, KEY, DATABASE_PASSWORD);
    private static final String PLANTED = "canary-planted-90aa";

    @TempDir
    private Path folder;

    private AppFolder app;

    @BeforeEach
    void anAppWithASqliteDatabaseAndAServerThatDoesNotAnswer() throws Exception {
        app = AppFolder.create(folder.resolve("shop"), "0.19");
        app.repository.make();
        app.shell("mkdir data; printf blob >data/blob; sqlite3 app.sqlite3 'CREATE TABLE t (x)'");
        app.with("AWS_SECRET_ACCESS_KEY", KEY)
                .with(
                        "DATABASE_URL",
                        "postgres://shop:" + DATABASE_PASSWORD + "@127.0.0.1:" + LocalServer.freePort() + "/shop")
                .configured(EndToEndIT.configuration(app, "app.sqlite3", "data", "init_if_missing: false")
                        .replace(
                                "paths:",
                                "  - name: server\n    adapter: postgres\n    url: { secret: DATABASE_URL }\n"
                                        + "paths:"));
    }

    @Test
    void theyAreNowhereToBeFoundThoughWhatIsPlantedIs() throws Exception {
        // Found only if the search looks at the command lines of children's children while the program runs.
        app.program("sqlite3", "bash -c 'sleep 1; :' " + PLANTED + "\nexec /usr/bin/sqlite3 \"$@\"");
        Set<String> commandLines = new TreeSet<>();
        Path words = Files.createDirectory(folder.resolve("words"));

        watch(commandLines, words, "backup", "--dry-run", "--json");
        watch(commandLines, words, "backup", "--json");
        watch(commandLines, words, "list", "--json");
        watch(commandLines, words, "restore", "local", "--yes");

        assertThat(Files.readString(words.resolve("backup--json.out"))).contains("\"outcome\" : \"saved\"");
        assertThat(Files.readString(words.resolve("backup--json.err"))).contains("server");
        assertThat(commandLines)
                .anyMatch(line -> line.contains("--stdin-from-command"))
                .anyMatch(line -> line.contains(PLANTED))
                .noneMatch(line -> SECRETS.stream().anyMatch(line::contains));
        for (String secret : SECRETS) {
            assertThat(filesWith(secret, words)).as(secret).isEmpty();
            assertThat(filesWith(secret, app.state())).as(secret).isEmpty();
        }
        Path planted = Files.writeString(app.state().resolve("planted"), "x" + KEY + "x");
        assertThat(filesWith(KEY, app.state())).containsExactly(planted);
    }

    @Test
    void whatAToolGivesAwayIsHiddenInEveryRecordOfIt() throws Exception {
        app.program(
                "restic",
                "[ \"$1\" = version ] && exec " + app.folder + "/restic-bin/restic version\n"
                        + "echo \"wrong: $RESTIC_PASSWORD and $AWS_SECRET_ACCESS_KEY\" >&2; exit 1");
        Path words = Files.createDirectory(folder.resolve("words"));

        watch(new TreeSet<>(), words, "backup", "--json");
        watch(new TreeSet<>(), words, "list");

        assertThat(Files.readString(words.resolve("backup--json.out"))).contains("wrong: [REDACTED] and [REDACTED]");
        assertThat(Files.readString(words.resolve("list.err"))).contains("wrong: [REDACTED] and [REDACTED]");
        assertThat(filesWith("wrong: [REDACTED]", app.state())).isNotEmpty();
        for (String secret : SECRETS) {
            assertThat(filesWith(secret, words)).as(secret).isEmpty();
            assertThat(filesWith(secret, app.state())).as(secret).isEmpty();
        }
    }

    /** Runs it to its end and looks at all command lines of it and its descendants over and over. */
    private void watch(Set<String> commandLines, Path words, String... arguments) throws Exception {
        String name = String.join("", arguments);
        Process program = app.start(words.resolve(name + ".out"), words.resolve(name + ".err"), arguments);
        while (program.isAlive()) {
            commandLines.add(commandLine(program.toHandle()));
            program.descendants().forEach(child -> commandLines.add(commandLine(child)));
            Thread.sleep(20);
        }
    }

    private static List<Path> filesWith(String text, Path below) throws IOException {
        try (Stream<Path> files = Files.walk(below)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> contains(file, text))
                    .toList();
        }
    }

    private static boolean contains(Path file, String text) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1).contains(text);
        } catch (IOException unreadable) {
            throw new AssertionError(file + " must be readable", unreadable);
        }
    }

    private static String commandLine(ProcessHandle process) {
        try {
            return Files.readString(
                            Path.of("/proc", Long.toString(process.pid()), "cmdline"), StandardCharsets.ISO_8859_1)
                    .replace('\0', ' ');
        } catch (IOException gone) {
            return "";
        }
    }
}
