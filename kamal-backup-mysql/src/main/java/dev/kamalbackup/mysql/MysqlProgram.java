package dev.kamalbackup.mysql;

/**
 * A program at hand.
 *
 * @param path where it is
 * @param mariaDb whether it is MariaDB's; MySQL's otherwise, whatever it is called
 */
record MysqlProgram(String path, boolean mariaDb) {
    /** What it is called, without its folder. */
    String name() {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
