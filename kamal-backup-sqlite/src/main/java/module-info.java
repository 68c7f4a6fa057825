/** The adapter for SQLite. */
module dev.kamalbackup.sqlite {
    requires transitive dev.kamalbackup.core;
    requires static transitive org.jspecify;

    exports dev.kamalbackup.sqlite;

    provides dev.kamalbackup.spi.DatabaseAdapter with
            dev.kamalbackup.sqlite.SqliteAdapter;
}
