/** Bringing a run back: databases and files. */
@NullMarked
package dev.kamalbackup.restore;

import org.jspecify.annotations.NullMarked;
