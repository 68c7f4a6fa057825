package dev.kamalbackup.config;

import dev.kamalbackup.redact.Secret;
import java.nio.file.Path;

/** Where the repository is. */
public sealed interface ResticRepositoryLocation {
    /** Restic's own address of it, which may carry credentials. */
    record Address(Secret address) implements ResticRepositoryLocation {}

    /** A file that holds the address. */
    record InFile(Path file) implements ResticRepositoryLocation {}
}
