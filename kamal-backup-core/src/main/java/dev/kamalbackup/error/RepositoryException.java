package dev.kamalbackup.error;

/** The restic repository could not be used; the culprit is restic or what it talks to. */
public final class RepositoryException extends KamalBackupException {
    private static final long serialVersionUID = 1L;

    /** Why the repository failed, as far as restic tells. */
    public enum Kind {
        /** Restic's exit code 10: there is no repository at that place. */
        MISSING(10),
        /** Restic's exit code 11: somebody else holds a lock. */
        LOCKED(11),
        /** Restic's exit code 12: no key opens with this password. */
        WRONG_PASSWORD(12),
        /** It did not answer in time. */
        UNREACHABLE(1),
        /** The file of some snapshot in it is damaged. */
        SNAPSHOT_DAMAGED(1),
        /** Anything else. */
        FAILED(1);

        private final int exitCode;

        Kind(int exitCode) {
            this.exitCode = exitCode;
        }

        /** The exit code a command line program should end with. */
        public int exitCode() {
            return exitCode;
        }
    }

    private final Kind kind;

    public RepositoryException(Kind kind, Fault fault) {
        super(fault, null);
        this.kind = kind;
    }

    /** Why the repository failed. */
    public Kind kind() {
        return kind;
    }

    /** Whether every further attempt in this run would fail the same way, so that trying is a waste of time. */
    public boolean stopsTheRun() {
        return kind != Kind.FAILED && kind != Kind.SNAPSHOT_DAMAGED;
    }

    @Override
    public int exitCode() {
        return kind.exitCode;
    }
}
