/** Proving that backups restore: what is looked at in a restored database. */
@NullMarked
package dev.kamalbackup.drill;

import org.jspecify.annotations.NullMarked;
