/** The adapter for MySQL and MariaDB. */
module dev.kamalbackup.mysql {
    requires dev.kamalbackup.core;
    requires static org.jspecify;

    exports dev.kamalbackup.mysql;

    provides dev.kamalbackup.spi.DatabaseAdapter with
            dev.kamalbackup.mysql.MysqlAdapter;
}
