/** What there is to show to somebody who asks whether this app could be restored: evidence, as data and as a page. */
@NullMarked
package dev.kamalbackup.evidence;

import org.jspecify.annotations.NullMarked;
