/** What an app's own files say of its databases, its storage and how Kamal deploys it. */
@NullMarked
package dev.kamalbackup.rails;

import org.jspecify.annotations.NullMarked;
