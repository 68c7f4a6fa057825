package dev.kamalbackup.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kamalbackup.testing.MysqlTestServer;
import dev.kamalbackup.testing.PostgresTestServer;
import dev.kamalbackup.testing.TestRepository;
import dev.kamalbackup.testing.Tools;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An app with a database of each kind: one run holds all of them and the files, and brings all of them back. */
class MixedDatabasesIT {
    private static final String CONFIGURATION = """
            app: shop
            databases:
              - { name: primary, adapter: postgres, url: { secret: DATABASE_URL } }
              - { name: queue, adapter: mysql, url: { secret: QUEUE_URL } }
              - { name: cache, adapter: sqlite, path: cache.sqlite3 }
            paths: [storage]
            restic: { repository: %s/repository, password: { secret: RESTIC_PASSWORD }, init_if_missing: true }
            state: { path: state }
            """;

    @TempDir
    private Path folder;

    @Test
    void oneRunHoldsAllOfThemAndBringsAllOfThemBack() throws Exception {
        try (PostgresTestServer postgres = PostgresTestServer.start(server("postgres"));
                PostgresTestServer laptopPostgres = PostgresTestServer.start(server("laptop-postgres"));
                MysqlTestServer mysql = MysqlTestServer.start(server("mysql"));
                MysqlTestServer laptopMysql = MysqlTestServer.start(server("laptop-mysql"))) {
            postgres.create("shop", "CREATE TABLE users AS SELECT i AS id FROM generate_series(1, 100) i");
            mysql.create("shop_queue", "CREATE TABLE jobs AS SELECT seq AS id FROM seq_1_to_50");
            AppFolder app = app("shop", postgres, mysql);
            app.shell("sqlite3 cache.sqlite3 'CREATE TABLE hits (x); INSERT INTO hits VALUES (7)';"
                    + " mkdir storage; echo blob >storage/blob");

            app.ok("backup");

            assertThat(app.repository.snapshots()).hasSize(4);
            laptopPostgres.create("shop", "CREATE TABLE only_here (x int)");
            laptopMysql.create("shop_queue", "CREATE TABLE only_here (x int)");
            AppFolder laptop = app("laptop", laptopPostgres, laptopMysql);
            laptop.configured(CONFIGURATION.formatted(app.folder) + "restore_from: [" + app.folder + "/storage]\n");

            laptop.ok("restore", "local", "--yes");

            assertThat(laptopPostgres.sql("shop", "SELECT count(*), sum(id) FROM users"))
                    .isEqualTo("100|5050");
            assertThat(laptopMysql.sql("shop_queue", "SELECT COUNT(*), SUM(id) FROM jobs; SHOW TABLES"))
                    .isEqualTo("50\t1275\njobs");
            assertThat(laptop.shell("sqlite3 cache.sqlite3 'SELECT x FROM hits'; cat storage/blob"))
                    .isEqualTo("7\nblob\n");
        }
    }

    private AppFolder app(String name, PostgresTestServer postgres, MysqlTestServer mysql) throws Exception {
        AppFolder app = new AppFolder(
                folder.resolve(name),
                TestRepository.at(folder.resolve("shop/repository"), Tools.restic()),
                Tools.restic());
        MixedDatabases.clients(app);
        MixedDatabases.urls(app, postgres, mysql);
        return app.configured(CONFIGURATION.formatted(app.folder));
    }

    private Path server(String name) throws Exception {
        return Files.createDirectory(folder.resolve(name));
    }
}
