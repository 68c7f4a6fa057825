/** How things stand: tools, folders, repository, locks, databases; looked at without changing anything. */
@NullMarked
package dev.kamalbackup.diagnosis;

import org.jspecify.annotations.NullMarked;
