package dev.kamalbackup.error;

import org.jspecify.annotations.Nullable;

/** A run could not be brought back; the message says in which state each target is. */
public final class RestoreException extends KamalBackupException {
    private static final long serialVersionUID = 1L;

    public RestoreException(Fault fault) {
        this(fault, null);
    }

    public RestoreException(Fault fault, @Nullable Throwable cause) {
        super(fault, cause);
    }
}
