package dev.kamalbackup.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kamalbackup.error.RestoreException;
import dev.kamalbackup.testing.LocalServer;
import dev.kamalbackup.testing.Mounted;
import dev.kamalbackup.testing.PostgresTestServer;
import dev.kamalbackup.testing.Tools;
import dev.kamalbackup.testing.Trial;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Restores that break at every stage: the target is exactly as it was. */
class PostgresBrokenRestoreIT {
    /** Enough to be caught in the middle of it. */
    private static final String MUCH =
            "CREATE TABLE much AS SELECT i, repeat(md5(i::text), 10) AS words FROM generate_series(1, 300000) i";

    private static final String PRECIOUS = "CREATE TABLE precious (x int); INSERT INTO precious VALUES (42)";

    @TempDir
    private static Path shared;

    @TempDir
    private Path folder;

    private static PostgresTestServer oldest;
    private static PostgresTestServer newest;

    @BeforeAll
    static void startServers() throws Exception {
        oldest = PostgresTestServer.start(Files.createDirectory(shared.resolve("oldest")), 14);
        newest = PostgresTestServer.start(Files.createDirectory(shared.resolve("newest")), 18);
    }

    @AfterAll
    static void stopServers() throws Exception {
        try (PostgresTestServer first = oldest;
                PostgresTestServer second = newest) {
            assertThat(first).isNotSameAs(second);
        }
    }

    @Test
    void anExtensionThatTheTargetDoesNotHave() throws Exception {
        // It went with PostgreSQL 17.
        Path dump =
                trial().dump(oldest.settings(oldest.create("extension", "CREATE EXTENSION adminpack; " + PRECIOUS)));
        newest.create("extension", PRECIOUS);

        leavesEverything("extension", dump, "extension \"adminpack\" is not available");
    }

    @Test
    void anObjectThatStandsInTheWay() throws Exception {
        Path dump = trial().dump(newest.settings(newest.create("taken", "CREATE PUBLICATION everything; " + PRECIOUS)));
        newest.sql(
                "postgres",
                "CREATE ROLE taker LOGIN PASSWORD 'taker'; ALTER DATABASE taken OWNER TO taker;"
                        + " GRANT CREATE ON DATABASE taken TO taker");
        newest.sql("taken", "ALTER TABLE precious OWNER TO taker");
        String before = newest.content("taken");

        // Somebody else's publication, which the reset has to leave.
        assertThatThrownBy(() -> trial().restore(dump, newest.settings("taken", "taker", "taker")))
                .isInstanceOf(RestoreException.class)
                .hasMessageContaining("publication \"everything\" already exists")
                .hasMessageContaining("the target is as it was");

        assertThat(newest.content("taken")).isEqualTo(before);
    }

    @Test
    void anArchiveThatIsTooNewForTheClientAtHand() throws Exception {
        Path dump = trial().dump(newest.settings(newest.create("too_new", PRECIOUS)));
        oldest.create("too_new", PRECIOUS);
        Path onlyOld = Files.createDirectory(folder.resolve("clients"));
        Files.createSymbolicLink(onlyOld.resolve("15"), Tools.programs("postgresql-clients/15"));
        Trial withOldClient = trial().with(PostgresClients.ROOT_VARIABLE, onlyOld.toString());
        String before = oldest.content("too_new");

        assertThatThrownBy(() -> withOldClient.restore(dump, oldest.settings("too_new")))
                .hasMessageContaining("unsupported version")
                .hasMessageContaining("apt-get install a newer postgresql-client");

        assertThat(oldest.content("too_new")).isEqualTo(before);
    }

    @Test
    void aConnectionThatIsCut() throws Exception {
        Path dump = trial().dump(newest.settings(newest.create("cut", MUCH)));
        newest.sql("cut", "DROP TABLE much; " + PRECIOUS);

        leavesEverythingWhenHit(
                "cut",
                dump,
                () -> newest.sql(
                        "postgres",
                        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'kamal-backup'"),
                "terminating connection");
    }

    @Test
    void aServerThatCrashes() throws Exception {
        Path dump = trial().dump(newest.settings(newest.create("crashed", MUCH)));
        newest.sql("crashed", "DROP TABLE much; " + PRECIOUS + "; CHECKPOINT");

        leavesEverythingWhenHit(
                "crashed",
                dump,
                () -> {
                    newest.crash();
                    newest.restart();
                },
                "server closed the connection unexpectedly");
    }

    @Test
    void aDiskThatIsFull() throws Exception {
        Path dump = trial().dump(newest.settings(newest.create("large", MUCH)));
        // The tables alone: a server whose log finds no room ends itself.
        Path small = Files.createDirectory(folder.resolve("small"));
        try (Mounted disk = Mounted.tmpfs(small, "size=40m")) {
            assertThat(disk).isNotNull();
            Path tables = LocalServer.folder(small.resolve("tables"));
            newest.sql("postgres", "CREATE TABLESPACE small LOCATION '" + tables + "'");
            newest.sql("postgres", "CREATE DATABASE full_disk TABLESPACE small");
            newest.sql("full_disk", PRECIOUS);

            leavesEverything("full_disk", dump, "No space left on device");

            newest.sql("postgres", "DROP DATABASE full_disk");
            newest.sql("postgres", "DROP TABLESPACE small");
        }
    }

    private void leavesEverything(String database, Path dump, String message) throws Exception {
        String before = newest.content(database);

        assertThatThrownBy(() -> trial().restore(dump, newest.settings(database)))
                .isInstanceOf(RestoreException.class)
                .hasMessageContaining(message)
                .hasMessageContaining("the target is as it was");

        assertThat(newest.content(database)).isEqualTo(before);
    }

    private interface Blow {
        void fall() throws Exception;
    }

    /** Waits until rows are being loaded before the blow falls. */
    private void leavesEverythingWhenHit(String database, Path dump, Blow blow, String message) throws Exception {
        String before = newest.content(database);
        CompletableFuture<Void> restore = CompletableFuture.runAsync(() -> {
            try {
                trial().restore(dump, newest.settings(database));
            } catch (java.io.IOException unexpected) {
                throw new java.io.UncheckedIOException(unexpected);
            }
        });
        LocalServer.await(
                "the load of rows",
                () -> newest.sql(
                                "postgres",
                                "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'kamal-backup' AND query LIKE 'COPY%'")
                        .equals("1"));

        blow.fall();

        assertThatThrownBy(restore::join)
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOf(RestoreException.class)
                .hasMessageContaining(message)
                .hasMessageContaining("the target is as it was");
        assertThat(newest.content(database)).isEqualTo(before);
    }

    private Trial trial() {
        return new Trial(folder, new PostgresAdapter(), PostgresTestServer.clients());
    }
}
