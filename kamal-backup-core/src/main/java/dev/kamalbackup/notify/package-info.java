/** Telling a monitor how the work went. */
@NullMarked
package dev.kamalbackup.notify;

import org.jspecify.annotations.NullMarked;
