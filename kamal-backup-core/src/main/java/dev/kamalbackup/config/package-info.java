/** Settings as records, and the reader that collects every problem before it fails. */
@NullMarked
package dev.kamalbackup.config;

import org.jspecify.annotations.NullMarked;
