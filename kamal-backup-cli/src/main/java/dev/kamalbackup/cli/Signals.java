package dev.kamalbackup.cli;

import dev.kamalbackup.error.CancelledException;
import dev.kamalbackup.error.Fault;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Turns SIGTERM and Ctrl-C into a cancellation and holds the end of the JVM back until the work has cleared up behind
 * itself; the JVM then ends with 143 or 130. Safe for use by several threads.
 */
final class Signals {
    /** Docker kills ten seconds after it has asked. */
    static final long PATIENCE_MILLIS = 9_500;

    /** How the JVM names the thread on which it begins to end after a signal. */
    private static final Pattern HANDLER = Pattern.compile("(SIG[A-Z0-9]+) handler");

    private final CountDownLatch finished = new CountDownLatch(1);
    private @Nullable Consumer<String> working;
    private boolean asking;
    private boolean received;
    private String reason = "";

    /** What cancels the work from now on; at once if the signal came before. */
    synchronized void working(Consumer<String> cancel) {
        working = cancel;
        if (received) {
            cancel.accept(reason);
        }
    }

    /** A person is being asked: nothing is under way that a signal would have to wait for. */
    synchronized void asking() {
        throwIfReceived();
        asking = true;
    }

    /** The person has answered. */
    synchronized void answered() {
        asking = false;
        throwIfReceived();
    }

    /** The work is over, its record written, its result printed. */
    void finished() {
        finished.countDown();
    }

    /** Called when the JVM begins to end, by a signal or because it is done. */
    void received() {
        received(PATIENCE_MILLIS);
    }

    void received(long patienceMillis) {
        if (finished.getCount() == 0) {
            return;
        }
        synchronized (this) {
            received = true;
            reason = name();
            if (working == null || asking) {
                return;
            }
            working.accept(reason);
        }
        try {
            if (!finished.await(patienceMillis, TimeUnit.MILLISECONDS)) {
                System.err.println("kamal-backup: the work did not end in time; the next start clears up behind it");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void throwIfReceived() {
        if (received) {
            throw new CancelledException(new Fault("go on", "", "interrupted: " + reason, "nothing was changed"));
        }
    }

    /** A shutdown hook is not told why it runs; no public interface tells, and this only chooses a word. */
    private static String name() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(thread -> HANDLER.matcher(thread.getName()))
                .filter(matcher -> matcher.matches())
                .map(matcher -> matcher.group(1) + " received")
                .findFirst()
                .orElse("stopped by a signal");
    }
}
