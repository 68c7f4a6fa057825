package dev.kamalbackup.upkeep;

import dev.kamalbackup.event.BackupListener;
import dev.kamalbackup.process.Cancellation;
import dev.kamalbackup.restic.Restic;
import dev.kamalbackup.state.RunLock;
import dev.kamalbackup.state.StateFolder;
import java.time.Clock;
import java.util.List;

/** Shows who holds locks in the repository, and removes those whose holders are proved dead. */
public final class UnlockOperation {
    private final Restic restic;
    private final StateFolder state;
    private final ThisHost host;
    private final BackupListener listener;
    private final Clock clock;

    public UnlockOperation(Restic restic, StateFolder state, ThisHost host, BackupListener listener, Clock clock) {
        this.restic = restic;
        this.state = state;
        this.host = host;
        this.listener = listener;
        this.clock = clock;
    }

    /**
     * Removes locks.
     *
     * @param everything whether locks go whose holders may live
     * @throws dev.kamalbackup.error.BusyException if a run of ours is under way, whose lock must stay
     */
    public List<LockFinding> unlock(boolean everything, Cancellation cancellation) {
        restic.version(cancellation);
        state.prepare();
        try (RunLock lock = RunLock.acquire(state, "unlock", clock, listener::warning)) {
            return new StaleLocks(restic, host, clock).remove(lock, everything, cancellation);
        }
    }
}
