/** The adapter for PostgreSQL. */
module dev.kamalbackup.postgres {
    requires transitive dev.kamalbackup.core;
    requires static transitive org.jspecify;

    exports dev.kamalbackup.postgres;

    provides dev.kamalbackup.spi.DatabaseAdapter with
            dev.kamalbackup.postgres.PostgresAdapter;
}
