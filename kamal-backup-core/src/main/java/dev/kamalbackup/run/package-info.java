/** Carrying out a run plan, the dump gate included. */
@NullMarked
package dev.kamalbackup.run;

import org.jspecify.annotations.NullMarked;
