package dev.kamalbackup.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kamalbackup.KamalBackup;
import dev.kamalbackup.catalog.RunChoice;
import dev.kamalbackup.config.DatabaseSettings;
import dev.kamalbackup.config.Settings;
import dev.kamalbackup.drill.DrillRequest;
import dev.kamalbackup.drill.ScratchPlaces;
import dev.kamalbackup.error.RestoreException;
import dev.kamalbackup.redact.Secret;
import dev.kamalbackup.restore.Consent;
import dev.kamalbackup.restore.RestoreRequest;
import dev.kamalbackup.run.BackupResult;
import dev.kamalbackup.tag.RunId;
import dev.kamalbackup.testing.Backups;
import dev.kamalbackup.testing.PostgresTestServer;
import dev.kamalbackup.testing.TestRepository;
import dev.kamalbackup.testing.Tools;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Backups and restores of a real PostgreSQL server through the library. */
class PostgresRoundTripIT {
    private static final String SCHEMA = """
            CREATE SCHEMA reporting;
            CREATE TYPE mood AS ENUM ('calm', 'busy');
            CREATE TABLE users (id serial PRIMARY KEY, email text UNIQUE NOT NULL, mood mood DEFAULT 'calm',
              email_length int GENERATED ALWAYS AS (length(email)) STORED);
            CREATE VIEW reporting.emails AS SELECT email FROM users;
            CREATE TABLE log (at text);
            CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS
              $$ BEGIN INSERT INTO log VALUES (NEW.email); RETURN NEW; END $$;
            CREATE TRIGGER noted AFTER INSERT ON users FOR EACH ROW EXECUTE FUNCTION note();
            INSERT INTO users (email) SELECT 'user' || i || '@example.com' FROM generate_series(1, 1000) i;
            """;
    private static final String CONTENT = "SELECT count(*), md5(string_agg(u::text, ',' ORDER BY id)) FROM users u";

    @TempDir
    private static Path shared;

    @TempDir
    private Path folder;

    private static PostgresTestServer server;

    @BeforeAll
    static void startServer() throws Exception {
        server = PostgresTestServer.start(shared);
    }

    @AfterAll
    static void stopServer() throws Exception {
        server.close();
    }

    @Test
    void aRestoreBringsEverythingBackAndRemovesWhatIsOnlyInTheTarget() throws Exception {
        Settings settings = settings("roundtrip", repository());
        server.sql("roundtrip", SCHEMA);
        String before = server.sql("roundtrip", CONTENT);

        BackupResult result = backup(settings);
        assertThat(result.complete()).as("%s", result).isTrue();
        server.sql(
                "roundtrip",
                "DELETE FROM users WHERE id > 10; CREATE TABLE only_here (x int); CREATE SCHEMA only_there;"
                        + " CREATE FUNCTION only_now() RETURNS int LANGUAGE sql AS 'SELECT 1'");
        restore(settings);

        assertThat(server.sql("roundtrip", CONTENT)).isEqualTo(before);
        assertThat(server.sql("roundtrip", "SELECT count(*) FROM reporting.emails"))
                .isEqualTo("1000");
        assertThat(server.sql(
                        "roundtrip",
                        "SELECT to_regclass('only_here') IS NULL AND to_regproc('only_now') IS NULL"
                                + " AND to_regnamespace('only_there') IS NULL"))
                .isEqualTo("t");
        server.sql("roundtrip", "INSERT INTO users (email) VALUES ('late@example.com')");
        assertThat(server.sql("roundtrip", "SELECT count(*) FROM log WHERE at = 'late@example.com'"))
                .isEqualTo("1");
    }

    @Test
    void rowsThatBackupsLeaveOutAreInTheSafetyBackup() throws Exception {
        Settings everything = settings("thin", repository());
        server.sql("thin", "CREATE TABLE events (x int); CREATE TABLE users (x int); INSERT INTO users VALUES (1)");
        Settings settings = Backups.settings(
                folder,
                everything.restic(),
                List.of(everything.databases().get(0).with("exclude_table_data", "events")),
                List.of());
        backup(settings);
        server.sql("thin", "INSERT INTO events VALUES (1), (2), (3)");

        try (KamalBackup library = KamalBackup.builder(settings)
                .adapters(new PostgresAdapter())
                .environment(PostgresTestServer.clients())
                .build()) {
            RunId kept = library.restore(RestoreRequest.latest().intoProduction())
                    .safetyRun()
                    .orElseThrow();
            assertThat(server.sql("thin", "SELECT count(*) FROM events")).isEqualTo("0");
            RestoreRequest undo =
                    RestoreRequest.of(RunChoice.of(kept.toString())).intoProduction();
            assertThat(library.drill(
                                    DrillRequest.of(undo).at(ScratchPlaces.in(folder.resolve("scratch/files"))),
                                    Consent.given())
                            .reasons())
                    .isEmpty();
            library.restore(undo);
        }
        assertThat(server.sql("thin", "SELECT count(*) FROM events")).isEqualTo("3");
    }

    @Test
    void anyToolReadsTheDump() throws Exception {
        TestRepository repository = repository();
        Settings settings = settings("plain", repository);
        server.sql("plain", SCHEMA);

        backup(settings);

        Path dump = folder.resolve("dump");
        Files.write(dump, repository.runForBytes("dump", "latest", "/databases/shop/app/postgres.pgdump"));
        Process list = new ProcessBuilder(
                        PostgresTestServer.client("pg_restore").toString(), "--list", dump.toString())
                .start();
        assertThat(new String(list.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .contains("TABLE DATA public users");
        assertThat(list.waitFor()).isZero();
    }

    @Test
    void aRestoreThatFailsLeavesTheTargetExactlyAsItWas() throws Exception {
        Settings settings = settings("failing", repository());
        server.sql("failing", SCHEMA);
        backup(settings);
        server.sql("failing", "DELETE FROM users WHERE id > 500");
        String before = server.sql("failing", CONTENT);
        // The connection works, and the first statement that changes anything is refused.
        server.sql("failing", "ALTER DATABASE failing SET default_transaction_read_only = on");

        assertThatThrownBy(() -> restore(settings))
                .isInstanceOf(RestoreException.class)
                .hasMessageContaining("read-only transaction");

        assertThat(server.sql("failing", CONTENT)).isEqualTo(before);
        assertThat(server.sql("failing", "SELECT count(*) FROM reporting.emails"))
                .isEqualTo("500");
    }

    @Test
    void aWrongPasswordIsToldInTheServersWords() throws Exception {
        Settings settings = Backups.settings(
                folder,
                repository().settings(),
                List.of(DatabaseSettings.of("app", "postgres")
                        .with("url", new Secret("postgres://postgres:wrong@127.0.0.1:" + server.port + "/postgres"))),
                List.of());

        BackupResult result = backup(settings);

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.parts().get(0).toString()).contains("password authentication failed");
    }

    @Test
    void aTableThatMayNotBeReadFailsThePartByName() throws Exception {
        Settings settings = settings("private", repository());
        server.sql(
                "private",
                "CREATE TABLE diary (x int); CREATE TABLE notes (x serial); CREATE SCHEMA vault; CREATE TABLE vault.x ();"
                        + " CREATE ROLE reader LOGIN PASSWORD 'reader-password'; GRANT SELECT ON notes TO reader;");
        DatabaseSettings database = DatabaseSettings.of("app", "postgres")
                .with("host", "127.0.0.1")
                .with("port", Integer.toString(server.port))
                .with("user", "reader")
                .with("database", "private")
                .with("password", new Secret("reader-password"));
        Settings asReader = Backups.settings(folder.resolve("reader"), settings.restic(), List.of(database), List.of());

        BackupResult result = backup(asReader);

        assertThat(result.parts().get(0).toString())
                .contains("this role may not read schema vault, sequence public.notes_x_seq, table public.diary, table"
                        + " vault.x")
                .contains("GRANT pg_read_all_data");
    }

    private Settings settings(String database, TestRepository repository) throws Exception {
        server.sql("postgres", "CREATE DATABASE " + database);
        return Backups.settings(
                folder,
                repository.settings(),
                List.of(DatabaseSettings.of("app", "postgresql")
                        .with("url", new Secret("postgres://postgres@127.0.0.1:" + server.port + "/" + database))
                        .with("password", new Secret(PostgresTestServer.PASSWORD))),
                List.of());
    }

    private TestRepository repository() throws Exception {
        return TestRepository.create(folder.resolve("repository"), Tools.restic());
    }

    private static BackupResult backup(Settings settings) {
        return Backups.backup(settings, new PostgresAdapter(), PostgresTestServer.clients());
    }

    private static void restore(Settings settings) {
        Backups.restoreLatest(settings, new PostgresAdapter(), PostgresTestServer.clients());
    }
}
