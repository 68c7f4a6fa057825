/** Starting programs: argument lists, explicit environments, bounded output, whole trees ended. */
@NullMarked
package dev.kamalbackup.process;

import org.jspecify.annotations.NullMarked;
