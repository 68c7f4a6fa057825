/** How the backups stand, on one screen. */
@NullMarked
package dev.kamalbackup.status;

import org.jspecify.annotations.NullMarked;
