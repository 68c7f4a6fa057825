/** What a run tells whoever listens. */
@NullMarked
package dev.kamalbackup.event;

import org.jspecify.annotations.NullMarked;
