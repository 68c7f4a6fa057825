package dev.kamalbackup.config;

import dev.kamalbackup.redact.Secret;
import java.nio.file.Path;

/** Where restic takes the repository's password from. */
public sealed interface ResticPassword {
    /** The password itself, given to restic in its environment. */
    record Value(Secret secret) implements ResticPassword {}

    /** A file that restic reads. */
    record InFile(Path file) implements ResticPassword {}

    /** A command line that restic runs (its own {@code RESTIC_PASSWORD_COMMAND} syntax). */
    record FromCommand(String command) implements ResticPassword {}
}
