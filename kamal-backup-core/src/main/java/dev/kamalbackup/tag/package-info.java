/** The names a run leaves in a repository: run id, tags, host name, dump paths of all eras. */
@NullMarked
package dev.kamalbackup.tag;

import org.jspecify.annotations.NullMarked;
