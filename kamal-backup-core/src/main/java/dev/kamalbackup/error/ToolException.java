package dev.kamalbackup.error;

import org.jspecify.annotations.Nullable;

/** A program is missing, cannot be started, or is too old. */
public final class ToolException extends KamalBackupException {
    private static final long serialVersionUID = 1L;

    public ToolException(Fault fault) {
        this(fault, null);
    }

    public ToolException(Fault fault, @Nullable Throwable cause) {
        super(fault, cause);
    }
}
