/** What is about to happen, as immutable data: the run plan and the plans adapters make. */
@NullMarked
package dev.kamalbackup.plan;

import org.jspecify.annotations.NullMarked;
