package dev.kamalbackup.error;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The root of everything this library throws on purpose; the closed set of subclasses says whose fault it was. */
public abstract sealed class KamalBackupException extends RuntimeException
        permits CancelledException,
                ConfigurationException,
                DumpException,
                RepositoryException,
                RestoreException,
                StateException,
                ToolException {
    private static final long serialVersionUID = 1L;

    private final transient Fault fault;
    private final String hint;

    KamalBackupException(Fault fault, @Nullable Throwable cause) {
        super(fault.summary(), cause);
        this.fault = fault;
        this.hint = fault.hint();
    }

    /** What failed, on what, why, and what to do next. */
    public final Fault fault() {
        return fault;
    }

    /** What to do next; empty when there is nothing useful to say. */
    public final String hint() {
        return hint;
    }

    /** The exit code a command line program should end with. */
    public int exitCode() {
        return 1;
    }

    /** The lines a person should read, most important first. */
    public List<String> lines() {
        return hint.isEmpty() ? List.of(fault.summary()) : List.of(fault.summary(), "next: " + hint);
    }
}
