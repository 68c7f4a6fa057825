/** Drills: a run is restored to scratch places, looked at, and thrown away; what came of it is recorded. */
@NullMarked
package dev.kamalbackup.drill;

import org.jspecify.annotations.NullMarked;
