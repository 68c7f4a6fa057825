package dev.kamalbackup.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kamalbackup.plan.ScratchPlan;
import dev.kamalbackup.testing.MysqlTestServer;
import dev.kamalbackup.testing.MysqlTestServer.Kind;
import dev.kamalbackup.testing.Trial;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Dumps of MariaDB and MySQL, old and new, restored into a second server of the same or another version. */
class MysqlMatrixIT {
    @TempDir
    private static Path shared;

    @TempDir
    private Path folder;

    private static final Map<String, MysqlTestServer> SERVERS = new TreeMap<>();

    @AfterAll
    static void stopServers() throws Exception {
        List<MysqlTestServer> running = new ArrayList<>(SERVERS.values());
        SERVERS.clear();
        for (MysqlTestServer server : running) {
            server.close();
        }
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void everythingGoesIntoASecondServer(Kind kind) throws Exception {
        MysqlTestServer source = server("source", kind);
        MysqlTestServer target = server("target", kind);
        source.create("shop", source.objects());
        target.create("shop", target.objects());
        target.sql("shop", """
                SET foreign_key_checks = 0; DROP TABLE parent; DROP VIEW b_view; DELETE FROM `odd ``name`;
                CREATE TABLE `only``here` (x int); CREATE VIEW only_view AS SELECT 1; CREATE PROCEDURE only_now() SELECT 1;
                CREATE EVENT only_event ON SCHEDULE EVERY 1 DAY DO SELECT 1""");

        Trial.Counted dump = trial(source).dumpAndCount(source.settings("shop"));
        restore(dump.dump(), target, "shop");

        assertThat(target.content("shop")).isEqualTo(source.content("shop"));
        assertThat(dump.rows().exact()).isFalse();
        assertThat(trial(target).rows(target.settings("shop")))
                .isEqualTo(dump.rows().tables())
                .containsEntry("odd `name", 1L)
                .containsEntry("parts", 2L)
                .doesNotContainKey("b_view");
        assertThat(trial(target).danglingRows(target.settings("shop"))).containsEntry("a_child.parent_id", 0L);
        target.sql("shop", "INSERT INTO users (email) VALUES ('late@example.com')");
        assertThat(target.sql("shop", "SELECT count(*) FROM log WHERE at = 'late@example.com'"))
                .as("triggers work")
                .isEqualTo("1");
        assertThat(target.sql("shop", "CALL greet()")).isEqualTo("hel;lo /* no comment */");
        assertThat(target.sql("shop", "SELECT twice(21), hex(raw), total, emoji FROM `odd ``name`"))
                .isEqualTo("42\t000A0D1A275C22FF\t6\t😀\\\\n");
    }

    @ParameterizedTest(name = "{0} to {1}")
    @CsvSource({"MARIADB_10_11,MARIADB_11_8", "MARIADB_11_8,MARIADB_10_11", "MYSQL_8_0,MYSQL_9", "MYSQL_9,MYSQL_8_0"})
    void aDumpGoesIntoAnOlderOrNewerServer(Kind from, Kind to) throws Exception {
        MysqlTestServer source = server("source", from);
        MysqlTestServer target = server("target", to);
        String database = "from_" + from.name().toLowerCase(java.util.Locale.ROOT);
        source.create(database, source.objects());
        target.sql("", "CREATE DATABASE " + database);

        restore(dump(source, database), target, database);

        for (String table : List.of("users", "`odd ``name`", "parts", "latin", "place", "a_child")) {
            String rows = "SELECT * FROM " + table + " ORDER BY 1";
            assertThat(target.sql(database, rows)).as(table).isEqualTo(source.sql(database, rows));
        }
        assertThat(objects(target, database)).isEqualTo(objects(source, database));
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void rowsThatAreLeftOutLeaveTheTable(Kind kind) throws Exception {
        MysqlTestServer source = server("source", kind);
        MysqlTestServer target = server("target", kind);
        source.create("thin", """
                CREATE TABLE kept (x int); CREATE TABLE log_2026 (x int); CREATE TABLE `log``odd` (x int);
                CREATE VIEW seen AS SELECT x FROM log_2026; CREATE TRIGGER t BEFORE INSERT ON log_2026 FOR EACH ROW SET NEW.x = 9;
                INSERT INTO kept VALUES (1); INSERT INTO log_2026 VALUES (1); INSERT INTO `log``odd` VALUES (1)""");
        target.sql("", "CREATE DATABASE thin");

        Path dump = trial(source).dump(source.settings("thin").with("exclude_table_data", "log*\nnothing_such"));
        restore(dump, target, "thin");

        assertThat(target.sql("thin", "SELECT count(*) FROM kept")).isEqualTo("1");
        assertThat(target.sql("thin", "SELECT count(*) FROM seen")).isEqualTo("0");
        assertThat(target.sql("thin", "SELECT count(*) FROM `log``odd`")).isEqualTo("0");
        target.sql("thin", "INSERT INTO log_2026 VALUES (1)");
        assertThat(target.sql("thin", "SELECT x FROM seen")).isEqualTo("9");
    }

    /** The rights that docs/mysql.md tells to give. */
    @ParameterizedTest(name = "{0}")
    @EnumSource
    void aUserWithTheRightsThatAreDocumentedBacksUpAndRestores(Kind kind) throws Exception {
        MysqlTestServer source = server("source", kind);
        MysqlTestServer target = server("target", kind);
        source.create("rights", source.objects());
        source.sql(
                "",
                "CREATE USER reader@'%' IDENTIFIED BY 'reader-password';"
                        + " GRANT SELECT, SHOW VIEW, TRIGGER, EVENT, EXECUTE ON rights.* TO reader@'%'; GRANT "
                        + switch (kind) {
                            case MARIADB_10_11 -> "SELECT ON mysql.proc";
                            case MARIADB_11_8 -> "SHOW CREATE ROUTINE ON rights.*";
                            case MYSQL_8_0, MYSQL_9 -> "SHOW_ROUTINE ON *.*";
                        }
                        + " TO reader@'%'");
        target.sql(
                "",
                "CREATE DATABASE rights CHARACTER SET utf8mb4; CREATE USER writer@'%' IDENTIFIED BY 'writer-password';"
                        + " GRANT CREATE, DROP, ALTER, INSERT, SELECT, LOCK TABLES, REFERENCES, INDEX, CREATE VIEW, SHOW VIEW, TRIGGER,"
                        + " EVENT, CREATE ROUTINE, ALTER ROUTINE ON rights.* TO writer@'%'; GRANT "
                        + (kind.mariaDb
                                ? "SET USER"
                                : kind == Kind.MYSQL_9 ? "SYSTEM_USER, SET_ANY_DEFINER" : "SYSTEM_USER, SET_USER_ID")
                        + " ON *.* TO writer@'%'");
        if (!kind.mariaDb) {
            target.sql("", "SET GLOBAL log_bin_trust_function_creators = 1");
        }

        Trial.Counted dump = trial(source).dumpAndCount(source.settings("rights", "reader", "reader-password"));
        trial(target).restore(dump.dump(), target.settings("rights", "writer", "writer-password"));

        assertThat(target.content("rights")).isEqualTo(source.content("rights"));
    }

    /** An event runs on the server it is on, whichever database it is kept in. */
    @ParameterizedTest(name = "{0}")
    @EnumSource
    void noEventRunsInAScratchDatabase(Kind kind) throws Exception {
        MysqlTestServer server = server("source", kind);
        server.create("ticks", "CREATE TABLE seen (x int)");
        server.create("eventful", """
                CREATE TABLE t (x int);
                CREATE EVENT plain ON SCHEDULE EVERY 1 SECOND DO INSERT INTO ticks.seen VALUES (1);
                CREATE DEFINER = backup@'%' EVENT `o``d d` ON SCHEDULE EVERY 1 SECOND STARTS '2020-01-01 00:00:00'
                  ENDS '2037-01-01 00:00:00' ON COMPLETION PRESERVE COMMENT 'ON COMPLETION PRESERVE ENABLE DO'
                  DO INSERT INTO ticks.seen VALUES (2);
                CREATE EVENT of_parts ON SCHEDULE EVERY '0:1' MINUTE_SECOND DO INSERT INTO ticks.seen VALUES (3);
                CREATE EVENT once ON SCHEDULE AT '2037-01-01 00:00:00' DO SELECT 'X ON COMPLETION PRESERVE ENABLE';
                CREATE EVENT off ON SCHEDULE EVERY 1 SECOND DISABLE DO INSERT INTO ticks.seen VALUES (4)""");
        Path dump = dump(server, "eventful");
        server.sql("", "DROP DATABASE eventful; CREATE DATABASE eventful; SET GLOBAL event_scheduler = ON");
        ScratchPlan scratch = new MysqlAdapter()
                .planScratch(
                        server.settings("eventful"),
                        List.of(),
                        "eventful_drill",
                        trial(server).context());

        trial(server).carryOut(scratch.create());
        trial(server).restore(dump, scratch.database());
        server.sql("", "DO SLEEP(2.5)");
        String events = server.sql(
                "", "SELECT event_name, status FROM information_schema.events WHERE event_schema = 'eventful_drill'");
        trial(server).carryOut(scratch.drop());
        server.sql("", "SET GLOBAL event_scheduler = OFF");

        assertThat(events.lines())
                .containsExactlyInAnyOrder(
                        "o`d d\tDISABLED", "of_parts\tDISABLED", "off\tDISABLED", "once\tDISABLED", "plain\tDISABLED");
        assertThat(server.sql("ticks", "SELECT count(*) FROM seen")).isEqualTo("0");
    }

    private static String objects(MysqlTestServer server, String database) throws Exception {
        return server.sql(database, """
                SELECT CONCAT(table_type, ' ', table_name) FROM information_schema.tables WHERE table_schema = DATABASE()
                UNION SELECT CONCAT(routine_type, ' ', routine_name) FROM information_schema.routines
                  WHERE routine_schema = DATABASE()
                UNION SELECT CONCAT('trigger ', trigger_name, action_statement) FROM information_schema.triggers
                  WHERE trigger_schema = DATABASE()
                UNION SELECT CONCAT('event ', event_name) FROM information_schema.events WHERE event_schema = DATABASE()
                ORDER BY 1""");
    }

    private Path dump(MysqlTestServer server, String database) throws Exception {
        return trial(server).dump(server.settings(database));
    }

    private void restore(Path dump, MysqlTestServer server, String database) throws Exception {
        trial(server).restore(dump, server.settings(database));
    }

    private Trial trial(MysqlTestServer server) {
        return new Trial(folder, new MysqlAdapter(), server.kind.environment());
    }

    private static MysqlTestServer server(String role, Kind kind) throws Exception {
        String name = role + "-" + kind;
        if (!SERVERS.containsKey(name)) {
            SERVERS.put(name, MysqlTestServer.start(Files.createDirectory(shared.resolve(name)), kind));
        }
        return SERVERS.get(name);
    }
}
