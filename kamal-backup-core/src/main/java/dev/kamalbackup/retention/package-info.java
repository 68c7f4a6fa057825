/** Which runs stay and which go, by restic's own rules, and the removal of those that go. */
@NullMarked
package dev.kamalbackup.retention;

import org.jspecify.annotations.NullMarked;
