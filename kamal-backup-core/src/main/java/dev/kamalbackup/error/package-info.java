/** Typed failures: what was tried, on what, why it failed, what to do next. */
@NullMarked
package dev.kamalbackup.error;

import org.jspecify.annotations.NullMarked;
