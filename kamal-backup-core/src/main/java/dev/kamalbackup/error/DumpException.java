package dev.kamalbackup.error;

import org.jspecify.annotations.Nullable;

/** A database could not be dumped, or its dump did not prove complete; the culprit is the database side. */
public final class DumpException extends KamalBackupException {
    private static final long serialVersionUID = 1L;

    public DumpException(Fault fault) {
        this(fault, null);
    }

    public DumpException(Fault fault, @Nullable Throwable cause) {
        super(fault, cause);
    }
}
