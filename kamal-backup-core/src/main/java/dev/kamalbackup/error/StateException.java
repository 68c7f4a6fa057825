package dev.kamalbackup.error;

import org.jspecify.annotations.Nullable;

/** The state folder cannot be used, or another run is using it. */
public sealed class StateException extends KamalBackupException permits BusyException {
    private static final long serialVersionUID = 1L;

    public StateException(Fault fault) {
        this(fault, null);
    }

    public StateException(Fault fault, @Nullable Throwable cause) {
        super(fault, cause);
    }
}
