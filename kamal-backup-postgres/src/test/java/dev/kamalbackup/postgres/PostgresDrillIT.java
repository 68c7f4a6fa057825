package dev.kamalbackup.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kamalbackup.config.DatabaseSettings;
import dev.kamalbackup.config.Settings;
import dev.kamalbackup.drill.Blob;
import dev.kamalbackup.plan.TableRows;
import dev.kamalbackup.run.BackupResult;
import dev.kamalbackup.run.PartOutcome;
import dev.kamalbackup.testing.Backups;
import dev.kamalbackup.testing.PostgresTestServer;
import dev.kamalbackup.testing.TestRepository;
import dev.kamalbackup.testing.Tools;
import dev.kamalbackup.testing.Trial;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a drill is told by a real server: rows, foreign keys, blobs, and where it may restore to. */
class PostgresDrillIT {
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
    void countsWhatPgDumpTakesRowsOfAndNothingElse() throws Exception {
        server.create("kinds", PostgresTestServer.objects() + """
                CREATE TABLE reporting.log (x int);
                INSERT INTO reporting.log VALUES (1);
                CREATE TABLE log_2026 (x int);
                CREATE TABLE "Log" (x int);
                INSERT INTO quick VALUES (1), (2);
                INSERT INTO child VALUES (9), (10), (11);
                INSERT INTO "odd ""name"."Table X" VALUES (1)""");

        TableRows rows = trial().dumpAndCount(server.settings("kinds").with("exclude_table_data", "LOG*\n*.part_2"))
                .rows();

        assertThat(rows)
                .isEqualTo(TableRows.of(
                        true,
                        Map.of(
                                "public.Log", 0L,
                                "public.child", 3L,
                                "public.line", 2L,
                                "public.part_1", 99L,
                                "public.quick", 2L,
                                "public.words", 5L,
                                "reporting.log", 1L,
                                "odd \"name.Table X", 1L)));
    }

    /** The dump itself tells how many tables a pattern means, and no two of these mean the same. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "log",
                "LOG",
                "\"LOG\"",
                "l?g",
                "log*",
                "*log*",
                "*.log",
                "other.*",
                "\"odd.name\"",
                "\"a\"\"b\"",
                "log_[0-9]",
                "(log|lag)",
                "cash$",
                "arr[]",
                "*",
                "patterns.other.log",
                "nothing_such"
            })
    void aPatternMeansToUsWhatItMeansToPgDump(String pattern) throws Exception {
        DatabaseSettings database = patterns();

        // Every table has a row, so a dump has one COPY for each that is not left out.
        long dumped = server.dump("--data-only", "--exclude-table-data=" + pattern, "--dbname=patterns")
                .lines()
                .filter(line -> line.startsWith("COPY "))
                .count();
        String counted = server.sql(
                "patterns",
                CountSql.of(database.with("exclude_table_data", pattern))
                        .rows(CountSql.BATCH)
                        .get(0));

        assertThat(counted.lines())
                .hasSize((int) dumped)
                .allSatisfy(line -> assertThat(line).startsWith("1 "));
        assertThat(dumped).isLessThanOrEqualTo(11);
    }

    private static DatabaseSettings patterns() throws Exception {
        if (server.sql("postgres", "SELECT 1 FROM pg_database WHERE datname = 'patterns'")
                .isEmpty()) {
            StringBuilder sql = new StringBuilder("CREATE SCHEMA other;");
            for (String table : List.of(
                    "log",
                    "\"LOG\"",
                    "lag",
                    "log_1",
                    "log_x",
                    "\"odd.name\"",
                    "\"a\"\"b\"",
                    "\"cash$\"",
                    "\"arr[]\"",
                    "other.log",
                    "other.lag")) {
                sql.append("CREATE TABLE %1$s (x int); INSERT INTO %1$s VALUES (1);".formatted(table));
            }
            server.create("patterns", sql.toString());
        }
        return server.settings("patterns");
    }

    @Test
    void aRoleWithASingleConnectionIsStillBackedUpWithoutCounts() throws Exception {
        server.create("single", "CREATE TABLE t AS SELECT 1 AS x");
        server.sql(
                "postgres",
                "CREATE ROLE lonely LOGIN CONNECTION LIMIT 1 PASSWORD 'p'; GRANT pg_read_all_data TO lonely");

        PartOutcome.Saved saved = backup(server.settings("single", "lonely", "p"));

        assertThat(saved.rows()).isEmpty();
        assertThat(saved.warnings())
                .singleElement()
                .asString()
                .contains("rows were not counted", "too many connections for role");
    }

    @Test
    void aBackupKeepsItsCountsInTheHistory() throws Exception {
        server.create("kept", "CREATE TABLE t AS SELECT generate_series(1, 501)");

        PartOutcome.Saved saved = backup(server.settings("kept"));

        assertThat(saved.rows()).contains(TableRows.of(true, Map.of("public.t", 501L)));
        assertThat(saved.warnings()).isEmpty();
        assertThat(Files.readString(folder.resolve("state/history.jsonl")))
                .contains("\"rows\":{\"exact\":true,\"tables\":{\"public.t\":501}}");
    }

    @Test
    void aTableThatIsLockedForLongIsDumpedWithoutCountsOrWaitedForAsBefore() throws Exception {
        server.create("busy", "CREATE TABLE t AS SELECT 1 AS x");
        Process holder = server.running("busy", "BEGIN; LOCK TABLE t; SELECT pg_sleep(3); COMMIT");
        try {
            assertThat(backup(server.settings("busy")).rows()).contains(TableRows.of(true, Map.of("public.t", 1L)));
        } finally {
            holder.destroyForcibly().waitFor();
        }
    }

    @Test
    void moreTablesThanFitIntoOneBatchAreAllCounted() throws Exception {
        int tables = 2 * CountSql.BATCH + 7;
        server.create(
                "many",
                "DO $$ BEGIN FOR i IN 1.." + tables
                        + " LOOP EXECUTE format('CREATE TABLE t%s AS SELECT generate_series(1, %s)',"
                        + " i, i); END LOOP; END $$");

        TableRows rows = trial().dumpAndCount(server.settings("many")).rows();

        assertThat(rows.tables())
                .hasSize(tables)
                .containsEntry("public.t1", 1L)
                .containsEntry("public.t" + tables, (long) tables);
        assertThat(trial().rows(server.settings("many"))).isEqualTo(rows.tables());
    }

    @Test
    void rowsThatPointNowhereAreFound() throws Exception {
        server.create("dangling", """
                CREATE SCHEMA shop;
                CREATE TABLE users (id int PRIMARY KEY, a int, b int, UNIQUE (a, b));
                CREATE TABLE orders (id int, user_id int REFERENCES users);
                CREATE TABLE shop.notes (x int, y int, FOREIGN KEY (x, y) REFERENCES users (a, b));
                CREATE TABLE whole (x int, y int, FOREIGN KEY (x, y) REFERENCES users (a, b) MATCH FULL);
                CREATE TABLE part (id int, user_id int REFERENCES users) PARTITION BY RANGE (id);
                CREATE TABLE part_1 PARTITION OF part FOR VALUES FROM (0) TO (10);
                CREATE TABLE part_2 PARTITION OF part FOR VALUES FROM (10) TO (20);
                CREATE TABLE old (user_id int);
                INSERT INTO old VALUES (99);
                ALTER TABLE old ADD FOREIGN KEY (user_id) REFERENCES users NOT VALID;
                INSERT INTO users VALUES (1, 1, 1), (2, 2, 2);
                SET session_replication_role = replica;
                INSERT INTO orders VALUES (1, 1), (2, 77), (3, 78), (4, NULL);
                INSERT INTO shop.notes VALUES (1, 1), (1, 2), (NULL, 7), (NULL, NULL);
                INSERT INTO whole VALUES (1, 1), (NULL, 7), (NULL, NULL);
                INSERT INTO part VALUES (1, 1), (2, 55), (12, 56), (13, 57)""");

        assertThat(trial().danglingRows(server.settings("dangling")))
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("orders.user_id", 2L, "shop.notes.x,y", 1L, "whole.x,y", 1L, "part.user_id", 3L));
    }

    @Test
    void blobsOfActiveStorageAreListedWhicheverVersionOfRailsMadeThem() throws Exception {
        server.create("rails", """
                CREATE TABLE active_storage_blobs (id bigserial PRIMARY KEY, key varchar NOT NULL, byte_size bigint NOT NULL,
                  checksum varchar, service_name varchar NOT NULL);
                INSERT INTO active_storage_blobs (key, byte_size, checksum, service_name)
                  VALUES ('abc', 12, 'bWQ1', 'local'), ('ü x', 0, NULL, 'local')""");
        server.create("attached", """
                CREATE SCHEMA app;
                CREATE TABLE app.active_storage_blobs (id uuid PRIMARY KEY, key varchar, byte_size bigint, checksum varchar);
                CREATE TABLE app.active_storage_attachments (blob_id uuid REFERENCES app.active_storage_blobs);
                INSERT INTO app.active_storage_blobs VALUES (gen_random_uuid(), 'kept', 1), (gen_random_uuid(), 'given up', 1)""");
        server.create("rails5", """
                CREATE SCHEMA app;
                CREATE TABLE app.active_storage_blobs (key varchar NOT NULL, byte_size bigint NOT NULL, checksum varchar);
                INSERT INTO app.active_storage_blobs VALUES ('old', 1, 'x')""");
        server.create("no_rails", "CREATE TABLE t (x int)");

        assertThat(trial().blobs(server.settings("rails")))
                .containsExactlyInAnyOrder(
                        new Blob("abc", 12, Optional.of("bWQ1"), Optional.of("local"), true),
                        new Blob("ü x", 0, Optional.empty(), Optional.of("local"), true));
        assertThat(trial().blobs(server.settings("rails5")))
                .containsExactly(new Blob("old", 1, Optional.of("x"), Optional.empty(), true));
        assertThat(trial().blobs(server.settings("attached"))).allMatch(Blob::attached);
        server.sql(
                "attached",
                "INSERT INTO app.active_storage_attachments SELECT id FROM app.active_storage_blobs WHERE key = 'kept'");
        assertThat(trial().blobs(server.settings("attached")))
                .filteredOn(Blob::attached)
                .extracting(Blob::key)
                .containsExactly("kept");
        assertThat(new PostgresAdapter()
                        .planInspection(server.settings("no_rails"), trial().context())
                        .blobs())
                .isEmpty();
    }

    private PartOutcome.Saved backup(DatabaseSettings database) throws Exception {
        TestRepository repository = TestRepository.create(folder.resolve("repository"), Tools.restic());
        Settings settings = Backups.settings(folder, repository.settings(), List.of(database), List.of());
        BackupResult result = Backups.backup(settings, new PostgresAdapter(), PostgresTestServer.clients());
        assertThat(result.complete()).as("%s", result).isTrue();
        return (PartOutcome.Saved) result.parts().get(0);
    }

    private Trial trial() {
        return new Trial(folder, new PostgresAdapter(), PostgresTestServer.clients());
    }
}
