package dev.kamalbackup.postgres;

import dev.kamalbackup.config.DatabaseSettings;
import dev.kamalbackup.spi.DatabaseAdapter;
import dev.kamalbackup.spi.DatabaseAdapterContract;
import dev.kamalbackup.testing.PostgresTestServer;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The contract, as a role that is no superuser and owns its databases: as apps have it. */
class PostgresAdapterContractIT extends DatabaseAdapterContract {
    private static final AtomicInteger DATABASES = new AtomicInteger();

    @TempDir
    private static Path shared;

    private static PostgresTestServer server;

    @BeforeAll
    static void startServer() throws Exception {
        server = PostgresTestServer.start(shared);
        server.sql("postgres", "CREATE ROLE shop LOGIN CREATEDB PASSWORD '" + CANARY + "'");
    }

    @AfterAll
    static void stopServer() throws Exception {
        server.close();
    }

    @Override
    protected Class<? extends DatabaseAdapter> adapterClass() {
        return PostgresAdapter.class;
    }

    @Override
    protected Map<String, String> environment() {
        return PostgresTestServer.clients();
    }

    @Override
    protected DatabaseSettings source() throws Exception {
        return database("""
                CREATE TABLE users (id serial PRIMARY KEY, email text);
                INSERT INTO users (email) SELECT 'user' || i || '@example.com' FROM generate_series(1, 5000) i;
                CREATE SCHEMA reporting;
                CREATE VIEW reporting.emails AS SELECT email FROM users""");
    }

    @Override
    protected DatabaseSettings target() throws Exception {
        return database("CREATE TABLE users (other int); CREATE TABLE only_here (x int); CREATE SCHEMA only_there");
    }

    @Override
    protected DatabaseSettings missing() {
        return server.settings("nowhere", "shop", CANARY);
    }

    @Override
    protected String content(DatabaseSettings database) throws Exception {
        return server.content(nameOf(database));
    }

    @Override
    protected String place(DatabaseSettings database) {
        return nameOf(database);
    }

    @Override
    protected String freePlace() {
        return "drill \"odd\" name";
    }

    private static String nameOf(DatabaseSettings database) {
        String location = new PostgresAdapter().location(database);
        return location.substring(location.indexOf('/') + 1);
    }

    private static DatabaseSettings database(String content) throws Exception {
        String name = "contract_" + DATABASES.incrementAndGet();
        server.sql("postgres", "CREATE DATABASE " + name + " OWNER shop");
        server.sql(name, "SET ROLE shop; " + content);
        return server.settings(name, "shop", CANARY);
    }
}
