/** The adapter for SQLite: copies and restores a live database through SQLite's own backup API. */
@NullMarked
package dev.kamalbackup.sqlite;

import org.jspecify.annotations.NullMarked;
