/** The adapter for PostgreSQL: pg_dump, pg_restore and psql. */
@NullMarked
package dev.kamalbackup.postgres;

import org.jspecify.annotations.NullMarked;
