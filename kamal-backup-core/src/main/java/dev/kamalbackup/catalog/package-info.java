/** Runs as they are found in a repository, of this tool and of its predecessor. */
@NullMarked
package dev.kamalbackup.catalog;

import org.jspecify.annotations.NullMarked;
