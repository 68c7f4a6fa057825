/** The JSON contract: results as documents with a schema version. */
@NullMarked
package dev.kamalbackup.report;

import org.jspecify.annotations.NullMarked;
