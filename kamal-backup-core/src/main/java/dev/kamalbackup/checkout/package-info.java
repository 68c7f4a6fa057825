/** What is done in an app's checkout, before the accessory runs: a first configuration, and checking it against Kamal's. */
@NullMarked
package dev.kamalbackup.checkout;

import org.jspecify.annotations.NullMarked;
