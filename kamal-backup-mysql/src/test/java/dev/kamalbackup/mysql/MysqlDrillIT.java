package dev.kamalbackup.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kamalbackup.config.DatabaseSettings;
import dev.kamalbackup.drill.Blob;
import dev.kamalbackup.error.RestoreException;
import dev.kamalbackup.plan.ScratchPlan;
import dev.kamalbackup.plan.TableRows;
import dev.kamalbackup.redact.Secret;
import dev.kamalbackup.testing.MysqlTestServer;
import dev.kamalbackup.testing.MysqlTestServer.Kind;
import dev.kamalbackup.testing.Trial;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What a drill is told by real servers, one of each maker: rows, foreign keys, blobs, and where it may restore to. */
class MysqlDrillIT {
    @TempDir
    private static Path shared;

    @TempDir
    private Path folder;

    private static MysqlTestServer mariaDb;
    private static MysqlTestServer mysql;

    @BeforeAll
    static void startServers() throws Exception {
        mariaDb = MysqlTestServer.start(Files.createDirectory(shared.resolve("mariadb")), Kind.MARIADB_11_8);
        mysql = MysqlTestServer.start(Files.createDirectory(shared.resolve("mysql")), Kind.MYSQL_8_0);
    }

    @AfterAll
    static void stopServers() throws Exception {
        mariaDb.close();
        mysql.close();
    }

    @ParameterizedTest
    @EnumSource(names = {"MARIADB_11_8", "MYSQL_8_0"})
    void countsTheTablesWhoseRowsAreDumped(Kind kind) throws Exception {
        MysqlTestServer server = server(kind);
        StringBuilder sql = new StringBuilder(
                "CREATE TABLE `log_a;b` (x int); INSERT INTO `log_a;b` VALUES (1);"
                        + " CREATE TABLE `o'd\"d``` (x int); INSERT INTO `o'd\"d``` VALUES (1), (2); CREATE VIEW v AS SELECT 1;");
        // More than one batch.
        for (int i = 0; i < 205; i++) {
            sql.append("CREATE TABLE t").append(i).append(" (x int) ENGINE=MyISAM;");
        }
        server.create("counted", sql.toString());

        TableRows rows = trial(server)
                .dumpAndCount(server.settings("counted").with("exclude_table_data", "log*"))
                .rows();

        assertThat(rows.exact()).isFalse();
        assertThat(rows.tables())
                .hasSize(206)
                .containsEntry("o'd\"d`", 2L)
                .containsEntry("t204", 0L)
                .doesNotContainKeys("log_a;b", "v");
        assertThat(trial(server).rows(server.settings("counted"))).hasSize(207).containsEntry("log_a;b", 1L);
    }

    @ParameterizedTest
    @EnumSource(names = {"MARIADB_11_8", "MYSQL_8_0"})
    void rowsThatPointNowhereAreFound(Kind kind) throws Exception {
        MysqlTestServer server = server(kind);
        server.create("dangling", """
                CREATE TABLE users (id int PRIMARY KEY, a int, b int, UNIQUE (a, b));
                CREATE TABLE orders (id int, user_id int, FOREIGN KEY (user_id) REFERENCES users (id));
                CREATE TABLE `no``tes` (x int, y int, FOREIGN KEY (x, y) REFERENCES users (a, b));
                INSERT INTO users VALUES (1, 1, 1), (2, 2, 2);
                SET foreign_key_checks = 0;
                INSERT INTO orders VALUES (1, 1), (2, 77), (3, 78), (4, NULL);
                INSERT INTO `no``tes` VALUES (1, 1), (1, 2), (NULL, 7), (NULL, NULL)""");

        assertThat(trial(server).danglingRows(server.settings("dangling")))
                .containsExactlyInAnyOrderEntriesOf(Map.of("orders.user_id", 2L, "no`tes.x,y", 1L));
    }

    @ParameterizedTest
    @EnumSource(names = {"MARIADB_11_8", "MYSQL_8_0"})
    void blobsOfActiveStorageAreListedWhicheverVersionOfRailsMadeThem(Kind kind) throws Exception {
        MysqlTestServer server = server(kind);
        server.create("rails", """
                CREATE TABLE active_storage_blobs (id bigint PRIMARY KEY AUTO_INCREMENT, `key` varchar(255) NOT NULL,
                  byte_size bigint NOT NULL, checksum varchar(255), service_name varchar(255) NOT NULL);
                INSERT INTO active_storage_blobs (`key`, byte_size, checksum, service_name)
                  VALUES ('abc', 12, 'bWQ1', 'local'), ('ü x', 0, NULL, 'local')""");
        server.create("attached", """
                CREATE TABLE active_storage_blobs (id int PRIMARY KEY, `key` varchar(255), byte_size bigint,
                  checksum varchar(255));
                CREATE TABLE active_storage_attachments (blob_id int);
                INSERT INTO active_storage_blobs VALUES (1, 'kept', 1, NULL), (2, 'given up', 1, NULL)""");
        server.create("rails5", """
                CREATE TABLE active_storage_blobs (`key` varchar(255), byte_size bigint, checksum varchar(255));
                INSERT INTO active_storage_blobs VALUES ('old', 1, 'x')""");
        server.create("no_rails", "CREATE TABLE t (x int)");

        assertThat(trial(server).blobs(server.settings("rails")))
                .containsExactlyInAnyOrder(
                        new Blob("abc", 12, Optional.of("bWQ1"), Optional.of("local"), true),
                        new Blob("ü x", 0, Optional.empty(), Optional.of("local"), true));
        assertThat(trial(server).blobs(server.settings("rails5")))
                .containsExactly(new Blob("old", 1, Optional.of("x"), Optional.empty(), true));
        assertThat(trial(server).blobs(server.settings("attached"))).allMatch(Blob::attached);
        server.sql("attached", "INSERT INTO active_storage_attachments VALUES (1)");
        assertThat(trial(server).blobs(server.settings("attached")))
                .filteredOn(Blob::attached)
                .extracting(Blob::key)
                .containsExactly("kept");
        assertThat(new MysqlAdapter()
                        .planInspection(
                                server.settings("no_rails"), trial(server).context())
                        .blobs())
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"MARIADB_11_8", "MYSQL_8_0"})
    void aScratchDatabaseIsLikeTheLiveOneAndOneThatWasThereComesBackEmpty(Kind kind) throws Exception {
        MysqlTestServer server = server(kind);
        server.sql("", "CREATE DATABASE latin CHARACTER SET latin1 COLLATE latin1_german1_ci");
        server.sql("", "CREATE DATABASE `there` CHARACTER SET ascii COLLATE ascii_bin; CREATE TABLE `there`.t (x int)");
        String look = "SELECT default_character_set_name, default_collation_name FROM information_schema.schemata"
                + " WHERE schema_name = ";

        ScratchPlan made = scratch(server, server.settings("latin"), "latin_drill");
        trial(server).carryOut(made.create());
        assertThat(server.sql("", look + "'latin_drill'")).isEqualTo("latin1\tlatin1_german1_ci");
        trial(server).carryOut(made.drop());
        assertThat(server.sql("", look + "'latin_drill'")).isEmpty();

        ScratchPlan there = scratch(server, server.settings("latin"), "there");
        assertThat(there.create()).isEmpty();
        trial(server).carryOut(there.drop());
        assertThat(server.sql("", look + "'there'")).isEqualTo("ascii\tascii_bin");
        assertThat(trial(server).rows(there.database())).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"MARIADB_11_8", "MYSQL_8_0"})
    void aUserWithoutTheRightIsToldWhatAnAdministratorMustDo(Kind kind) throws Exception {
        MysqlTestServer server = server(kind);
        server.create("poor", "CREATE USER poor@'%' IDENTIFIED BY 'p'; GRANT ALL ON poor.* TO poor@'%'");
        DatabaseSettings live = server.settings("poor", "poor", "p");

        assertThatThrownBy(() -> scratch(server, live, "poor_drill"))
                .isInstanceOfSatisfying(RestoreException.class, refused -> {
                    assertThat(refused.fault().reason()).contains("may not create and drop it");
                    assertThat(refused.hint())
                            .startsWith("as an administrator: CREATE DATABASE `poor_drill` CHARACTER SET utf8mb4")
                            .endsWith("GRANT ALL ON `poor\\_drill`.* TO the user");
                });
        server.sql("", "CREATE DATABASE poor_drill; GRANT ALL ON `poor\\_drill`.* TO poor@'%'");
        assertThat(scratch(server, live, "poor_drill").create()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    mysql               | the server's own
                    Information_Schema  | the server's own
                    Shop                | the configured database app
                    queue               | the configured database queue
                    shop_production     | looks like production
                    shop.live           | looks like production
                    ''                  | cannot be the name
                    --init-command=x    | cannot be the name
                    01234567890123456789012345678901234567890123456789012345678901234 | cannot be the name
                    """)
    void namesThatMustNotBeUsedAreRefusedWhateverTheHostIsCalled(String place, String reason) {
        DatabaseSettings live = database("app", "mysql2://u@db.production.internal/shop");
        DatabaseSettings other = database("queue", "mysql2://u@another-name-of-the-same-host/queue");

        assertThatThrownBy(() -> new MysqlAdapter()
                        .planScratch(
                                live,
                                List.of(live, other),
                                place,
                                trial(mariaDb).context()))
                .isInstanceOf(RestoreException.class)
                .hasMessageContaining(reason);
    }

    private ScratchPlan scratch(MysqlTestServer server, DatabaseSettings live, String place) throws Exception {
        return new MysqlAdapter()
                .planScratch(live, List.of(live), place, trial(server).context());
    }

    private static DatabaseSettings database(String name, String url) {
        return DatabaseSettings.of(name, "mysql").with("url", new Secret(url));
    }

    private static MysqlTestServer server(Kind kind) {
        return kind.mariaDb ? mariaDb : mysql;
    }

    private Trial trial(MysqlTestServer server) {
        return new Trial(folder, new MysqlAdapter(), server.kind.environment());
    }
}
