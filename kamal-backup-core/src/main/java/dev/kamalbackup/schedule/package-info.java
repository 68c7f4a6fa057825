/** What is done again and again without anybody asking: when each thing is due, and what happens when it fails. */
@NullMarked
package dev.kamalbackup.schedule;

import org.jspecify.annotations.NullMarked;
