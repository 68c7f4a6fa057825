package dev.kamalbackup.cli;

import dev.kamalbackup.KamalBackup;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Turns SIGTERM and Ctrl-C into a cancellation and holds the end of the JVM back until the work has cleared up behind
 * itself; the JVM then ends with 143 or 130. Safe for use by several threads.
 */
final class Signals {
    /** Docker kills ten seconds after it has asked. */
    private static final long PATIENCE_MILLIS = 9_500;

    private final CountDownLatch finished = new CountDownLatch(1);
    private @Nullable KamalBackup working;
    private boolean received;

    /** What to cancel from now on; at once if the signal came before. */
    synchronized void working(KamalBackup backup) {
        working = backup;
        if (received) {
            backup.cancel("stopped by a signal");
        }
    }

    /** The work is over, its record written. */
    void finished() {
        finished.countDown();
    }

    /** Called when the JVM begins to end, by a signal or because it is done. */
    void received() {
        synchronized (this) {
            received = true;
            if (working == null) {
                return;
            }
            if (finished.getCount() > 0) {
                working.cancel("stopped by a signal");
            }
        }
        try {
            if (!finished.await(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
                System.err.println("kamal-backup: the work did not end in time; the next start clears up behind it");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
