/** The state folder: journal, lock, last results, history. */
@NullMarked
package dev.kamalbackup.state;

import org.jspecify.annotations.NullMarked;
