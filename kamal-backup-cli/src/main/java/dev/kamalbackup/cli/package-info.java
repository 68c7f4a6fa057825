/** The command line: terminal, signals and exit codes around the library. */
@NullMarked
package dev.kamalbackup.cli;

import org.jspecify.annotations.NullMarked;
