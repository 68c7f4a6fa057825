package dev.kamalbackup.sqlite;

import dev.kamalbackup.config.DatabaseSettings;
import dev.kamalbackup.spi.DatabaseAdapter;
import dev.kamalbackup.spi.DatabaseAdapterContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class SqliteAdapterContractIT extends DatabaseAdapterContract {
    @TempDir
    private Path databases;

    @Override
    protected Class<? extends DatabaseAdapter> adapterClass() {
        return SqliteAdapter.class;
    }

    @Override
    protected DatabaseSettings source() throws Exception {
        return Sqlite.settings(Sqlite.shop(databases.resolve("source.sqlite3"), "wal"));
    }

    @Override
    protected DatabaseSettings target() throws Exception {
        Path file = databases.resolve("target.sqlite3");
        Sqlite.run(file, "CREATE TABLE only_here(a)", "CREATE TABLE users(other)", "INSERT INTO users VALUES (1)");
        return Sqlite.settings(file);
    }

    @Override
    protected DatabaseSettings missing() {
        return Sqlite.settings(databases.resolve("missing.sqlite3"));
    }

    @Override
    protected String content(DatabaseSettings database) throws Exception {
        return Sqlite.content(Path.of(database.option("path").orElseThrow()));
    }

    @Override
    protected String place(DatabaseSettings database) {
        return database.option("path").orElseThrow();
    }

    @Override
    protected String freePlace() {
        return databases.resolve("drill \"odd\" name.sqlite3").toString();
    }
}
