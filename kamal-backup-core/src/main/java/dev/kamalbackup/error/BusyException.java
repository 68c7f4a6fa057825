package dev.kamalbackup.error;

/** Something else is under way on the same state folder. */
public final class BusyException extends StateException {
    private static final long serialVersionUID = 1L;

    public BusyException(Fault fault) {
        super(fault);
    }
}
