package dev.kamalbackup.process;

import dev.kamalbackup.error.CancelledException;
import dev.kamalbackup.error.Fault;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A request to stop, given once from any thread and seen by everything that waits. Safe for use by several threads. */
public final class Cancellation {
    private final Set<Runnable> actions = new LinkedHashSet<>();
    private @Nullable String reason;

    /** One that nobody has cancelled yet. */
    public Cancellation() {}

    /** A hold on a registered action; closing it takes the action back. */
    public interface Registration extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * Asks everything to stop and returns at once; the reason appears in records, as in "SIGTERM received". Later calls
     * change nothing.
     */
    public void cancel(String why) {
        List<Runnable> toRun;
        synchronized (this) {
            if (reason != null) {
                return;
            }
            reason = why;
            toRun = List.copyOf(actions);
        }
        // Side by side: ending one child may take its whole grace period, and the time to stop is short.
        toRun.forEach(Cancellation::runAside);
    }

    /** Whether stopping was asked for. */
    public synchronized boolean isCancelled() {
        return reason != null;
    }

    /** Throws {@link CancelledException} if stopping was asked for, or this thread was interrupted. */
    public void throwIfCancelled(String operation, String subject) {
        String why;
        synchronized (this) {
            why = reason == null && Thread.currentThread().isInterrupted() ? "the thread was interrupted" : reason;
        }
        if (why != null) {
            throw new CancelledException(new Fault(operation, subject, "interrupted: " + why, "run it again"));
        }
    }

    /** Runs the action, on a thread of its own, when stopping is asked for; at once if it was already. */
    public Registration onCancel(Runnable action) {
        boolean already;
        synchronized (this) {
            already = reason != null;
            if (!already) {
                actions.add(action);
            }
        }
        if (already) {
            runAside(action);
        }
        return () -> remove(action);
    }

    /** A cancellation of its own that is cancelled with this one; close the registration when its work is over. */
    public Registration passOnTo(Cancellation narrower) {
        return onCancel(() -> narrower.cancel(why()));
    }

    private synchronized String why() {
        return String.valueOf(reason);
    }

    private static void runAside(Runnable action) {
        Thread thread = new Thread(action, "cancellation");
        thread.setDaemon(true);
        thread.start();
    }

    private synchronized void remove(Runnable action) {
        actions.remove(action);
    }
}
