/** The adapter for MySQL and MariaDB: their own dump tools and clients. */
@NullMarked
package dev.kamalbackup.mysql;

import org.jspecify.annotations.NullMarked;
