/** The adapter for MySQL and MariaDB: dumps with the server's own kind of tool, loads with its client. */
@NullMarked
package dev.kamalbackup.mysql;

import org.jspecify.annotations.NullMarked;
