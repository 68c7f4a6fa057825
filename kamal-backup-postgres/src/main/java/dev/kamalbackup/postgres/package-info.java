/** The adapter for PostgreSQL: dumps with {@code pg_dump}, restores in one transaction. */
@NullMarked
package dev.kamalbackup.postgres;

import org.jspecify.annotations.NullMarked;
