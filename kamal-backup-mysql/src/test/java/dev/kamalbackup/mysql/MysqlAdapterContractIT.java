package dev.kamalbackup.mysql;

import dev.kamalbackup.config.DatabaseSettings;
import dev.kamalbackup.spi.DatabaseAdapter;
import dev.kamalbackup.spi.DatabaseAdapterContract;
import dev.kamalbackup.testing.MysqlTestServer;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The contract, as a user who may do everything in his own databases and nothing elsewhere: as apps have it. */
class MysqlAdapterContractIT extends DatabaseAdapterContract {
    private static final AtomicInteger DATABASES = new AtomicInteger();

    @TempDir
    private static Path shared;

    private static MysqlTestServer server;

    @BeforeAll
    static void startServer() throws Exception {
        server = MysqlTestServer.start(shared);
        server.sql(
                "", "CREATE USER shop@'%' IDENTIFIED BY '" + CANARY + "'; GRANT ALL ON `contract\\_%`.* TO shop@'%'");
    }

    @AfterAll
    static void stopServer() throws Exception {
        server.close();
    }

    @Override
    protected Class<? extends DatabaseAdapter> adapterClass() {
        return MysqlAdapter.class;
    }

    @Override
    protected Map<String, String> environment() {
        return server.kind.environment();
    }

    @Override
    protected DatabaseSettings source() throws Exception {
        return database("""
                CREATE TABLE users (id int PRIMARY KEY AUTO_INCREMENT, email varchar(100));
                INSERT INTO users (email) SELECT CONCAT('user', seq, '@example.com') FROM seq_1_to_5000;
                CREATE VIEW emails AS SELECT email FROM users;
                """);
    }

    @Override
    protected DatabaseSettings target() throws Exception {
        return database("CREATE TABLE users (other int); CREATE TABLE only_here (x int);");
    }

    @Override
    protected DatabaseSettings missing() {
        return server.settings("contract_nowhere", "shop", CANARY);
    }

    @Override
    protected String content(DatabaseSettings database) throws Exception {
        return server.content(database.option("database").orElseThrow());
    }

    @Override
    protected String place(DatabaseSettings database) {
        return database.option("database").orElseThrow();
    }

    @Override
    protected String freePlace() {
        return "contract_odd `name";
    }

    private static DatabaseSettings database(String content) throws Exception {
        String name = "contract_" + DATABASES.incrementAndGet();
        server.sql("", "CREATE DATABASE " + name + " CHARACTER SET utf8mb4");
        // As shop, too: whoever makes a view is its definer, and only an administrator may restore somebody else's.
        server.sql(name, content, "shop", CANARY);
        return server.settings(name, "shop", CANARY);
    }
}
