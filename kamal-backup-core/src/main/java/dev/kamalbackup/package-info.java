/** The facade: one method for each verb of the product. */
@NullMarked
package dev.kamalbackup;

import org.jspecify.annotations.NullMarked;
