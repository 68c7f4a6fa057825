/** The restic executor: every fact about restic's command line and versions lives here. */
@NullMarked
package dev.kamalbackup.restic;

import org.jspecify.annotations.NullMarked;
