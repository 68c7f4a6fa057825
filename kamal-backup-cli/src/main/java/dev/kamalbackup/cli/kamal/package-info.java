/** The bridge to Kamal: from an app's checkout to the accessory that runs there, and back. */
@NullMarked
package dev.kamalbackup.cli.kamal;

import org.jspecify.annotations.NullMarked;
