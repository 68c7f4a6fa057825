/** What keeps a repository in order: checks, stale locks, and what follows a good run. */
@NullMarked
package dev.kamalbackup.upkeep;

import org.jspecify.annotations.NullMarked;
