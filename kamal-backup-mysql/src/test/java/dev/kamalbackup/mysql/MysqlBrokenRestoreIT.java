package dev.kamalbackup.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kamalbackup.error.RestoreException;
import dev.kamalbackup.testing.LocalServer;
import dev.kamalbackup.testing.MysqlTestServer;
import dev.kamalbackup.testing.MysqlTestServer.Kind;
import dev.kamalbackup.testing.Trial;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Restores that cannot work are refused before anything is dropped; what breaks later says how things stand. */
class MysqlBrokenRestoreIT {
    private static final String PRECIOUS = "CREATE TABLE precious (x int); INSERT INTO precious VALUES (42)";
    private static final String KEYED = "CREATE TABLE parent (id int PRIMARY KEY);"
            + " CREATE TABLE child (parent_id int, FOREIGN KEY (parent_id) REFERENCES parent (id))";
    private static final String PLAIN_USER = "plain-user";

    @TempDir
    private static Path shared;

    @TempDir
    private Path folder;

    private static final Map<Kind, MysqlTestServer> SERVERS = new EnumMap<>(Kind.class);

    @AfterAll
    static void stopServers() throws Exception {
        List<MysqlTestServer> running = new ArrayList<>(SERVERS.values());
        SERVERS.clear();
        for (MysqlTestServer server : running) {
            server.close();
        }
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(names = {"MARIADB_11_8", "MYSQL_8_0"})
    void whatSomebodyElseDefinedIsRefusedToAPlainUser(Kind kind) throws Exception {
        MysqlTestServer server = server(kind);
        Path dump = trial(server).dump(server.settings(server.create("defined", "CREATE VIEW v AS SELECT 1")));
        server.create("defined_target", PRECIOUS);
        server.sql(
                "",
                "CREATE USER plain@'%' IDENTIFIED BY '" + PLAIN_USER + "'; GRANT ALL ON defined_target.* TO plain@'%'");

        assertThatThrownBy(() -> trial(server).restore(dump, server.settings("defined_target", "plain", PLAIN_USER)))
                .isInstanceOf(RestoreException.class)
                .hasMessageContaining("VIEW that was defined by `root`@`localhost`")
                .hasMessageContaining("`plain`@`%` may not create that");

        assertThat(server.sql("defined_target", "SELECT x FROM precious")).isEqualTo("42");
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(names = {"MARIADB_11_8", "MYSQL_8_0"})
    void aDefinerWhoIsGoneIsNamed(Kind kind) throws Exception {
        MysqlTestServer server = server(kind);
        server.create("left", PRECIOUS);
        server.sql("left", "CREATE USER goner@'%'; CREATE DEFINER = goner@'%' PROCEDURE p() SELECT 1");
        Path dump = trial(server).dump(server.settings("left"));
        server.sql("", "DROP PROCEDURE left.p; DROP USER goner@'%'".replace("left", "`left`"));

        assertThatThrownBy(() -> trial(server).restore(dump, server.settings("left")))
                .hasMessageContaining("PROCEDURE that was defined by `goner`@`%`, whom this server does not know");
        assertThat(server.sql("left", "SELECT x FROM precious")).isEqualTo("42");

        server.sql("", "CREATE USER goner@'%' ACCOUNT LOCK");
        trial(server).restore(dump, server.settings("left"));
        assertThat(server.sql(
                        "left", "SELECT routine_name FROM information_schema.routines WHERE routine_schema = 'left'"))
                .isEqualTo("p");
    }

    @ParameterizedTest(name = "{1} on {0}")
    @CsvSource({
        "MARIADB_11_8, SELECT",
        "MARIADB_11_8, EVENT",
        "MARIADB_11_8, ALTER ROUTINE",
        "MYSQL_8_0, SELECT",
        "MYSQL_8_0, EVENT",
        "MYSQL_8_0, ALTER ROUTINE",
        "MYSQL_8_0, REFERENCES"
    })
    void aRightThatIsMissingIsNamedWhileEveryTableIsThere(Kind kind, String missing) throws Exception {
        MysqlTestServer server = server(kind);
        String name = "lacks_" + missing.toLowerCase(Locale.ROOT).replace(' ', '_');
        Path dump = trial(server).dump(server.settings(server.create(name, KEYED)));
        List<String> rights = new ArrayList<>(List.of(
                "CREATE", "DROP", "ALTER", "INSERT", "SELECT", "LOCK TABLES", "EVENT", "ALTER ROUTINE", "REFERENCES"));
        rights.remove(missing);
        server.sql(
                name,
                PRECIOUS + "; CREATE USER " + name + "@'%' IDENTIFIED BY '" + PLAIN_USER + "'; GRANT EXECUTE, "
                        + String.join(", ", rights) + " ON " + name + ".* TO " + name + "@'%'; CREATE DEFINER = " + name
                        + "@'%' PROCEDURE old() SELECT 1; CREATE DEFINER = " + name
                        + "@'%' EVENT ancient ON SCHEDULE EVERY 1 DAY DO SELECT 1");
        String before = server.content(name);

        assertThatThrownBy(() -> trial(server).restore(dump, server.settings(name, name, PLAIN_USER)))
                .isInstanceOf(RestoreException.class)
                .hasMessageContaining("lacks " + missing);
        assertThat(server.content(name)).isEqualTo(before);

        server.sql("", "GRANT " + missing + " ON " + name + ".* TO " + name + "@'%'");
        trial(server).restore(dump, server.settings(name, name, PLAIN_USER));
        assertThat(server.content(name)).contains("FOREIGN KEY").doesNotContain("precious", "ancient", "PROCEDURE");
    }

    @Test
    void aForeignKeyNeedsNoRightOfItsOwnOnMariaDb() throws Exception {
        MysqlTestServer server = server(Kind.MARIADB_11_8);
        Path dump = trial(server).dump(server.settings(server.create("keyed", KEYED)));
        server.sql(
                "",
                "CREATE USER keyed@'%' IDENTIFIED BY '" + PLAIN_USER + "'; GRANT CREATE, DROP, ALTER, INSERT, SELECT,"
                        + " LOCK TABLES, EVENT ON keyed.* TO keyed@'%'");

        trial(server).restore(dump, server.settings("keyed", "keyed", PLAIN_USER));

        assertThat(server.content("keyed")).contains("FOREIGN KEY");
    }

    @Test
    void triggersNeedAnAdministratorWhereTheBinaryLogIsGuarded() throws Exception {
        MysqlTestServer server = server(Kind.MYSQL_9);
        server.sql(
                "",
                "CREATE USER shop@'%' IDENTIFIED BY '" + PLAIN_USER + "'; CREATE DATABASE guarded;"
                        + " GRANT ALL ON guarded.* TO shop@'%'; SET GLOBAL log_bin_trust_function_creators = 1");
        server.sql(
                "guarded",
                "CREATE TABLE t (x int); CREATE TRIGGER r BEFORE INSERT ON t FOR EACH ROW SET NEW.x = 9",
                "shop",
                PLAIN_USER);
        Path dump = trial(server).dump(server.settings("guarded", "shop", PLAIN_USER));
        server.sql("", "SET GLOBAL log_bin_trust_function_creators = 0");

        assertThatThrownBy(() -> trial(server).restore(dump, server.settings("guarded", "shop", PLAIN_USER)))
                .hasMessageContaining("SET GLOBAL log_bin_trust_function_creators = 1");

        server.sql("", "SET GLOBAL log_bin_trust_function_creators = 1");
        trial(server).restore(dump, server.settings("guarded", "shop", PLAIN_USER));
        server.sql("guarded", "INSERT INTO t VALUES (1)");
        assertThat(server.sql("guarded", "SELECT x FROM t")).isEqualTo("9");
    }

    @Test
    void aDumpThatIsCutOffIsRefused() throws Exception {
        MysqlTestServer server = server(Kind.MARIADB_11_8);
        Path dump = trial(server).dump(server.settings(server.create("cut", PRECIOUS)));
        byte[] whole = Files.readAllBytes(dump);
        try (OutputStream out = Files.newOutputStream(dump)) {
            out.write(whole, 0, whole.length - 40);
        }

        assertThatThrownBy(() -> trial(server).restore(dump, server.settings("cut")))
                .hasMessageContaining("it is cut off");

        assertThat(server.sql("cut", "SELECT x FROM precious")).isEqualTo("42");
    }

    @Test
    void aTableThatIsInUseIsWaitedForAndThenNamed() throws Exception {
        MysqlTestServer server = server(Kind.MARIADB_11_8);
        Path dump = trial(server).dump(server.settings(server.create("busy", PRECIOUS)));
        Process reader = server.session("busy", "BEGIN; SELECT * FROM precious");
        try {
            LocalServer.await(
                    "the reader",
                    () -> server.sql(
                                    "",
                                    "SELECT count(*) FROM information_schema.processlist WHERE info LIKE 'DO SLEEP%'")
                            .equals("1"));

            assertThatThrownBy(
                            () -> new Trial(folder, new MysqlAdapter(Duration.ofSeconds(1)), server.kind.environment())
                                    .restore(dump, server.settings("busy")))
                    .hasMessageContaining("Lock wait timeout exceeded")
                    .hasMessageContaining("stop the app");
        } finally {
            reader.destroyForcibly().waitFor();
        }
        assertThat(server.sql("busy", "SELECT x FROM precious")).isEqualTo("42");
    }

    @Test
    void aLoadThatBreaksOffSaysThatTheTargetIsLoadedInPartAndTheNextOneMendsIt() throws Exception {
        MysqlTestServer server = server(Kind.MARIADB_11_8);
        server.create("broken", "CREATE TABLE much AS SELECT seq, REPEAT(MD5(seq), 10) AS words FROM seq_1_to_400000");
        String before = server.sql("broken", "CHECKSUM TABLE much");
        Path dump = trial(server).dump(server.settings("broken"));
        CompletableFuture<Void> restore = CompletableFuture.runAsync(() -> {
            try {
                trial(server).restore(dump, server.settings("broken"));
            } catch (IOException unexpected) {
                throw new UncheckedIOException(unexpected);
            }
        });
        String loading = "SELECT id FROM information_schema.processlist WHERE user = 'backup' AND info LIKE 'INSERT%'";
        LocalServer.await("the load of rows", () -> !server.sql("", loading).isEmpty());

        server.sql("", "KILL " + server.sql("", loading + " OR user = 'backup' LIMIT 1"));

        assertThatThrownBy(restore::join)
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOf(RestoreException.class)
                .hasMessageContaining("the target was emptied and is loaded in part")
                .hasMessageContaining("run the same restore again");

        trial(server).restore(dump, server.settings("broken"));
        assertThat(server.sql("broken", "CHECKSUM TABLE much")).isEqualTo(before);
    }

    private Trial trial(MysqlTestServer server) {
        return new Trial(folder, new MysqlAdapter(), server.kind.environment());
    }

    private static MysqlTestServer server(Kind kind) throws Exception {
        if (!SERVERS.containsKey(kind)) {
            SERVERS.put(kind, MysqlTestServer.start(Files.createDirectory(shared.resolve(kind.name())), kind));
        }
        return SERVERS.get(kind);
    }
}
