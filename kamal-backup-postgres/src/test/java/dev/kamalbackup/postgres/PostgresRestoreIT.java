package dev.kamalbackup.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kamalbackup.config.DatabaseSettings;
import dev.kamalbackup.error.RestoreException;
import dev.kamalbackup.spi.RestoreOptions;
import dev.kamalbackup.testing.LocalServer;
import dev.kamalbackup.testing.PostgresTestServer;
import dev.kamalbackup.testing.Trial;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Dumps of one real server restored into another, so that a restore into the wrong place cannot pass. */
class PostgresRestoreIT {
    @TempDir
    private static Path shared;

    @TempDir
    private Path folder;

    private static PostgresTestServer source;
    private static PostgresTestServer target;

    @BeforeAll
    static void startServers() throws Exception {
        source = PostgresTestServer.start(Files.createDirectory(shared.resolve("source")));
        target = PostgresTestServer.start(Files.createDirectory(shared.resolve("target")));
        for (PostgresTestServer server : new PostgresTestServer[] {source, target}) {
            server.sql("postgres", "CREATE ROLE reader; CREATE ROLE owner LOGIN PASSWORD 'owner-password'");
        }
    }

    @AfterAll
    static void stopServers() throws Exception {
        try (PostgresTestServer first = source;
                PostgresTestServer second = target) {
            assertThat(first).isNotSameAs(second);
        }
    }

    @Test
    void everyKindOfObjectComesBackAndWhatIsOnlyInTheTargetGoes() throws Exception {
        Path dump = trial(new PostgresAdapter())
                .dump(source.settings(source.create("kinds", PostgresTestServer.objects())));
        target.create("kinds", PostgresTestServer.objects());
        target.sql("kinds", """
                DROP TABLE line CASCADE; DELETE FROM part; ALTER TYPE mood ADD VALUE 'extra';
                CREATE TABLE only_table (x int); CREATE SCHEMA only_schema; CREATE VIEW only_view AS SELECT 1;
                CREATE FUNCTION only_function() RETURNS int LANGUAGE sql AS 'SELECT 1'; CREATE EXTENSION pg_trgm;
                CREATE CAST (text AS int) WITH INOUT; SELECT lo_from_bytea(0, 'only here')""");

        trial(new PostgresAdapter()).restore(dump, target.settings("kinds"));

        assertThat(target.content("kinds")).isEqualTo(source.content("kinds"));
    }

    @Test
    void aRestoreIntoAnEmptyDatabaseNeedsNothingThere() throws Exception {
        Path dump = trial(new PostgresAdapter())
                .dump(source.settings(source.create("fresh", PostgresTestServer.objects())));
        target.sql("postgres", "CREATE DATABASE fresh");
        target.sql("fresh", "DROP SCHEMA public");

        trial(new PostgresAdapter()).restore(dump, target.settings("fresh"));

        assertThat(target.sql("fresh", "SELECT count(*) FROM part")).isEqualTo("150");
    }

    @Test
    void schemasThatSurviveKeepTheirGrantsCommentsAndDefaultPrivileges() throws Exception {
        String schemas = "CREATE SCHEMA reporting; CREATE TABLE reporting.sums (x int); CREATE TABLE plain (x int)";
        Path dump = trial(new PostgresAdapter()).dump(source.settings(source.create("granted", schemas)));
        target.create("granted", schemas);
        target.sql("granted", """
                GRANT USAGE ON SCHEMA reporting TO reader; COMMENT ON SCHEMA reporting IS 'It''s for reports';
                GRANT USAGE, CREATE ON SCHEMA public TO reader; COMMENT ON SCHEMA public IS 'the app''s';
                ALTER DEFAULT PRIVILEGES IN SCHEMA reporting GRANT SELECT ON TABLES TO reader;
                ALTER DEFAULT PRIVILEGES IN SCHEMA reporting GRANT EXECUTE ON ROUTINES TO reader WITH GRANT OPTION;
                ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT ON TABLES TO reader;
                ALTER DEFAULT PRIVILEGES FOR ROLE owner IN SCHEMA reporting GRANT UPDATE ON SEQUENCES TO PUBLIC;
                CREATE SCHEMA going; GRANT USAGE ON SCHEMA going TO reader""");
        String privileges = """
                SELECT (SELECT string_agg(nspname || coalesce(nspacl::text, '') || coalesce(obj_description(oid), ''), ';'
                    ORDER BY nspname) FROM pg_namespace WHERE nspname IN ('public', 'reporting'))
                  || (SELECT string_agg(defaclnamespace::regnamespace || ' ' || defaclrole::regrole || defaclobjtype::text
                    || defaclacl::text, ';' ORDER BY defaclnamespace::regnamespace::text, defaclobjtype, defaclrole)
                    FROM pg_default_acl)""";
        String before = target.sql("granted", privileges);

        trial(new PostgresAdapter()).restore(dump, target.settings("granted"));

        assertThat(target.sql("granted", privileges)).isEqualTo(before);
        assertThat(
                        target.sql(
                                "granted",
                                "SELECT has_table_privilege('reader', 'reporting.sums', 'SELECT'),"
                                        + " has_table_privilege('reader', 'plain', 'SELECT'), to_regnamespace('going') IS NULL"))
                .isEqualTo("t|t|t");
    }

    @Test
    void whatFailsAtTheVeryEndIsRolledBackWithLargeObjectsAndAll() throws Exception {
        // The dump ends with an event trigger, which only a superuser may create.
        Path dump =
                trial(new PostgresAdapter()).dump(source.settings(source.create("last", PostgresTestServer.objects())));
        target.sql("postgres", "CREATE DATABASE last OWNER owner");
        target.sql(
                "last",
                "SET ROLE owner; CREATE TABLE precious (x int); INSERT INTO precious VALUES (42);"
                        + " SELECT lo_from_bytea(0, 'precious'); CREATE SCHEMA mine; COMMENT ON SCHEMA mine IS 'mine'");
        String before = target.content("last");

        assertThatThrownBy(() ->
                        trial(new PostgresAdapter()).restore(dump, target.settings("last", "owner", "owner-password")))
                .isInstanceOf(RestoreException.class)
                .hasMessageContaining("permission denied")
                .hasMessageContaining("the target is as it was");

        assertThat(target.content("last")).isEqualTo(before);
    }

    @Test
    void anArchiveThatBreaksOffInTheMiddleChangesNothing() throws Exception {
        Path dump =
                trial(new PostgresAdapter()).dump(source.settings(source.create("cut", PostgresTestServer.objects())));
        byte[] whole = Files.readAllBytes(dump);
        Path cut = folder.resolve("cut");
        try (OutputStream out = Files.newOutputStream(cut)) {
            out.write(whole, 0, whole.length - 2_000);
            // So that only reading it shows what is wrong with it.
            out.write(new byte[5]);
        }
        target.create("cut", "CREATE TABLE precious (x int)");
        String before = target.content("cut");

        assertThatThrownBy(() -> trial(new PostgresAdapter()).restore(cut, target.settings("cut")))
                .isInstanceOf(RestoreException.class)
                .hasMessageContaining("pg_restore ended with");

        assertThat(target.content("cut")).isEqualTo(before);
    }

    @Test
    void anArchiveOfAnotherVersionIsRefusedBeforeAnythingIsTouched() throws Exception {
        Path dump =
                trial(new PostgresAdapter()).dump(source.settings(source.create("newer", "CREATE TABLE t (x int)")));
        byte[] bytes = Files.readAllBytes(dump);
        bytes[6] = 99;
        Files.write(dump, bytes, StandardOpenOption.TRUNCATE_EXISTING);
        target.create("newer", "CREATE TABLE precious (x int)");

        assertThatThrownBy(() -> trial(new PostgresAdapter()).restore(dump, target.settings("newer")))
                .hasMessageContaining("unsupported version (1.99)")
                .hasMessageContaining("apt-get install a newer postgresql-client");

        assertThat(target.sql("newer", "SELECT count(*) FROM precious")).isEqualTo("0");
    }

    @Test
    void aTargetThatOthersUseIsLeftAloneAndTheirProcessesAreNamed() throws Exception {
        Path dump = trial(new PostgresAdapter()).dump(source.settings(source.create("busy", "CREATE TABLE t (x int)")));
        target.create("busy", "CREATE TABLE t (x int); INSERT INTO t VALUES (1)");
        Trial impatient = trial(new PostgresAdapter(Duration.ofMillis(500)));
        Process reader = target.session("busy", "BEGIN; SELECT * FROM t");
        try {
            LocalServer.await(
                    "the reader",
                    () -> target.sql("busy", "SELECT count(*) FROM pg_locks WHERE granted AND relation = 't'::regclass")
                            .equals("1"));
            String pid = target.sql("busy", "SELECT pid FROM pg_stat_activity WHERE wait_event = 'PgSleep'");

            assertThatThrownBy(() -> impatient.restore(dump, target.settings("busy")))
                    .hasMessageContaining("other sessions use the database: process " + pid + " of postgres (psql)")
                    .hasMessageContaining("--terminate-connections");

            assertThat(target.sql("busy", "SELECT count(*) FROM t")).isEqualTo("1");

            impatient.with(new RestoreOptions(true)).restore(dump, target.settings("busy"));

            assertThat(target.sql("busy", "SELECT count(*) FROM t")).isEqualTo("0");
            assertThat(reader.waitFor()).as("the reader was ended").isNotZero();
        } finally {
            reader.destroyForcibly().waitFor();
        }
    }

    @Test
    void aRoleThatMayNotReplaceEverythingIsToldBeforeAnythingIsTouched() throws Exception {
        Path dump = trial(new PostgresAdapter())
                .dump(source.settings(source.create("foreign_owner", "CREATE TABLE t (x int)")));
        target.create("foreign_owner", "GRANT CREATE ON SCHEMA public TO owner; CREATE TABLE theirs (x int)");
        DatabaseSettings asOwner = target.settings("foreign_owner", "owner", "owner-password");

        assertThatThrownBy(() -> trial(new PostgresAdapter()).restore(dump, asOwner))
                .hasMessageContaining("relation theirs, which belongs to postgres");
        target.sql("foreign_owner", "DROP TABLE theirs; CREATE SCHEMA theirs");
        assertThatThrownBy(() -> trial(new PostgresAdapter()).restore(dump, asOwner))
                .hasMessageContaining("schema theirs, which belongs to postgres");
        target.sql("foreign_owner", "DROP SCHEMA theirs; REVOKE CREATE ON SCHEMA public FROM owner");
        assertThatThrownBy(() -> trial(new PostgresAdapter()).restore(dump, asOwner))
                .hasMessageContaining("schema public, where role owner may create nothing");
    }

    @Test
    void anExtensionOfAnotherRoleStaysAndIsNotInTheWay() throws Exception {
        target.sql("postgres", "CREATE DATABASE extended OWNER owner");
        target.sql("extended", """
                CREATE EXTENSION pg_trgm; CREATE EXTENSION citext; COMMENT ON EXTENSION citext IS 'Größe: it''s "ours"';
                SET ROLE owner; CREATE TABLE t (x text, y citext); CREATE INDEX ON t USING gin (x gin_trgm_ops);
                COMMENT ON TABLE t IS 'kept'; INSERT INTO t VALUES ('before', 'b')""");
        DatabaseSettings asOwner = target.settings("extended", "owner", "owner-password");
        Path dump = trial(new PostgresAdapter()).dump(asOwner);
        String before = target.content("extended");
        target.sql("extended", "SET ROLE owner; DROP TABLE t; CREATE TABLE other (x int)");

        trial(new PostgresAdapter()).restore(dump, asOwner);

        assertThat(target.content("extended")).isEqualTo(before);
    }

    @Test
    void defaultPrivilegesThatCannotBeGivenBackStopTheRestore() throws Exception {
        Path dump = trial(new PostgresAdapter()).dump(source.settings(source.create("defaults", "CREATE SCHEMA s")));
        target.sql("postgres", "CREATE DATABASE defaults OWNER owner");
        target.sql(
                "defaults",
                "SET ROLE owner; CREATE SCHEMA s; RESET ROLE;"
                        + " ALTER DEFAULT PRIVILEGES IN SCHEMA s GRANT SELECT ON TABLES TO reader");
        String before = target.content("defaults");

        assertThatThrownBy(() -> trial(new PostgresAdapter())
                        .restore(dump, target.settings("defaults", "owner", "owner-password")))
                .hasMessageContaining("default privileges would be lost that role owner may not set again: of role"
                        + " postgres in schema s");

        assertThat(target.content("defaults")).isEqualTo(before);
    }

    @Test
    void rowsThatAreLeftOutLeaveTheTable() throws Exception {
        source.create(
                "thin",
                "CREATE TABLE kept (x int); CREATE TABLE log_2026 (x int);"
                        + " INSERT INTO kept VALUES (1); INSERT INTO log_2026 VALUES (1)");
        Path dump = trial(new PostgresAdapter())
                .dump(source.settings("thin").with("exclude_table_data", "public.log_*\nnothing_such"));
        target.sql("postgres", "CREATE DATABASE thin");

        trial(new PostgresAdapter()).restore(dump, target.settings("thin"));

        assertThat(target.sql("thin", "SELECT (SELECT count(*) FROM kept), (SELECT count(*) FROM log_2026)"))
                .isEqualTo("1|0");
    }

    private Trial trial(PostgresAdapter adapter) {
        return new Trial(folder, adapter, PostgresTestServer.clients());
    }
}
