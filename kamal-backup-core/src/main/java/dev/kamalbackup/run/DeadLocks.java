package dev.kamalbackup.run;

import dev.kamalbackup.process.Cancellation;
import dev.kamalbackup.state.RunLock;

/**
 * Locks in the repository that a killed restic has left: an exclusive one, of a retention or a check, blocks every
 * backup until somebody removes it.
 */
@FunctionalInterface
public interface DeadLocks {
    /** They are left to a person. */
    DeadLocks KEPT = (lock, cancellation) -> false;

    /**
     * Removes those whose holder is proved dead, and answers whether there were any.
     *
     * @param lock the run lock, which the caller holds: no run of ours on this state folder is under way
     */
    boolean remove(RunLock lock, Cancellation cancellation);
}
