/** The contract for database adapters. */
@NullMarked
package dev.kamalbackup.spi;

import org.jspecify.annotations.NullMarked;
