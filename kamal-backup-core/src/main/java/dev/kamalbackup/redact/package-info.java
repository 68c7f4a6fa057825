/** Secrets, and the redactor that keeps them out of everything a person or a log can see. */
@NullMarked
package dev.kamalbackup.redact;

import org.jspecify.annotations.NullMarked;
