package dev.kamalbackup.mysql;

/**
 * A server as it told of itself.
 *
 * @param version its version and the maker's comment
 * @param client the client that could connect to it
 */
record MysqlServer(String version, MysqlProgram client) {
    /** Whether it is MariaDB; some other things are called MySQL, and behave like it. */
    boolean mariaDb() {
        return version.toLowerCase(java.util.Locale.ROOT).contains("mariadb");
    }
}
