package dev.kamalbackup.sqlite;

import dev.kamalbackup.config.DatabaseSettings;
import dev.kamalbackup.process.Cancellation;
import dev.kamalbackup.process.ExecLauncher;
import dev.kamalbackup.process.ProcessLauncher;
import dev.kamalbackup.process.ToolPath;
import dev.kamalbackup.redact.Redactor;
import dev.kamalbackup.run.PlanningContext;
import dev.kamalbackup.spi.AdapterContext;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Databases made and looked at with plain sqlite3, as anybody else would. */
final class Sqlite {
    private Sqlite() {}

    /** Runs statements and dot-commands in turn and returns what they print; any failure is one of the test. */
    static String run(Path database, String... statements) throws IOException, InterruptedException {
        requireInstalled();
        List<String> line = new ArrayList<>(List.of("sqlite3", "-batch", "-bail", "-init", "/dev/null"));
        line.add(new FileUri(database).existingOrNew());
        line.add(".timeout 20000");
        line.addAll(List.of(statements));
        Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new AssertionError("sqlite3 " + database + " ended with " + process.exitValue() + ": " + output);
        }
        return output.strip();
    }

    /** A small database with a few of the things that an app's database has. */
    static Path shop(Path file, String journalMode) throws IOException, InterruptedException {
        run(
                file,
                "PRAGMA journal_mode=" + journalMode,
                "CREATE TABLE users(id INTEGER PRIMARY KEY, name TEXT UNIQUE, photo BLOB)",
                "CREATE INDEX by_name ON users(name)",
                "CREATE VIEW names AS SELECT name FROM users",
                "INSERT INTO users(name, photo) VALUES ('Zoë', x'00ff'), ('日本', NULL), ('o''Neil', randomblob(9000))");
        return file;
    }

    /** Two tables of 25,000 rows of 2,000 random bytes each: some 100 MB in which both sums of v are the same. */
    static Path large(Path file, String journalMode) throws IOException, InterruptedException {
        run(
                file,
                "PRAGMA journal_mode=" + journalMode,
                "PRAGMA synchronous=OFF",
                "CREATE TABLE a(id INTEGER PRIMARY KEY, v INT, pad BLOB)",
                "CREATE TABLE b(id INTEGER PRIMARY KEY, v INT, pad BLOB)",
                "CREATE TABLE commits(n INT)",
                "INSERT INTO commits VALUES (0)",
                "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 25000)"
                        + " INSERT INTO a SELECT i, 1, randomblob(2000) FROM n",
                "INSERT INTO b SELECT id, v, randomblob(2000) FROM a");
        return file;
    }

    /** Everything in a database as SQL. */
    static String content(Path file) throws IOException, InterruptedException {
        return run(file, ".dump");
    }

    static DatabaseSettings settings(Path file) {
        return DatabaseSettings.of("app", "sqlite").with("path", file.toString());
    }

    /** A context with the real environment, which runs real programs. */
    static AdapterContext context(Path scratch) {
        return new PlanningContext(System.getenv(), scratch, launcher(), new Cancellation());
    }

    static ProcessLauncher launcher() {
        return ExecLauncher.detect(Redactor.none(), System.getenv());
    }

    static void requireInstalled() {
        if (new ToolPath(System.getenv()).find("sqlite3").isEmpty()) {
            throw new AssertionError("sqlite3 is missing; get it with: bin/setup");
        }
    }
}
