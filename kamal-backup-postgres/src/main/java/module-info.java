/** The adapter for PostgreSQL. */
module dev.kamalbackup.postgres {
    requires dev.kamalbackup.core;
    requires static org.jspecify;

    exports dev.kamalbackup.postgres;

    provides dev.kamalbackup.spi.DatabaseAdapter with
            dev.kamalbackup.postgres.PostgresAdapter;
}
