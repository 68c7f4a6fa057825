/** The adapter for SQLite. */
module dev.kamalbackup.sqlite {
    requires dev.kamalbackup.core;
    requires static org.jspecify;

    exports dev.kamalbackup.sqlite;

    provides dev.kamalbackup.spi.DatabaseAdapter with
            dev.kamalbackup.sqlite.SqliteAdapter;
}
