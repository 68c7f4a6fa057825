/** The adapter for MySQL and MariaDB. */
module dev.kamalbackup.mysql {
    requires transitive dev.kamalbackup.core;
    requires static transitive org.jspecify;

    exports dev.kamalbackup.mysql;

    provides dev.kamalbackup.spi.DatabaseAdapter with
            dev.kamalbackup.mysql.MysqlAdapter;
}
