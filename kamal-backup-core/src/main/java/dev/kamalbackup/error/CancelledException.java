package dev.kamalbackup.error;

import org.jspecify.annotations.Nullable;

/** The work was cancelled from outside, by a signal or by the embedding program. */
public final class CancelledException extends KamalBackupException {
    private static final long serialVersionUID = 1L;

    public CancelledException(Fault fault) {
        this(fault, null);
    }

    public CancelledException(Fault fault, @Nullable Throwable cause) {
        super(fault, cause);
    }
}
