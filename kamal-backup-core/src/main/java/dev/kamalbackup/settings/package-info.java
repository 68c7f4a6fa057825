/** Reads settings from files and the environment, and collects every problem before it fails. */
@NullMarked
package dev.kamalbackup.settings;

import org.jspecify.annotations.NullMarked;
