package dev.kamalbackup.run;

import dev.kamalbackup.error.KamalBackupException;
import dev.kamalbackup.process.Cancellation;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Work done beside something else, whose failure surfaces where it is awaited; closing it early cancels it. */
final class SideWork implements AutoCloseable {
    private final String name;
    private final Cancellation cancellation;
    private @Nullable Thread thread;
    private volatile @Nullable RuntimeException failure;

    SideWork(String name, Cancellation cancellation) {
        this.name = name;
        this.cancellation = cancellation;
    }

    void start(Runnable work) {
        Thread started = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (RuntimeException failed) {
                        failure = failed;
                    }
                },
                name);
        started.setDaemon(true);
        started.start();
        thread = started;
    }

    /**
     * Waits for the end; throws what the work threw.
     *
     * @throws dev.kamalbackup.error.CancelledException if the waiting thread was interrupted: what has not ended has not
     *     passed
     */
    void await() {
        boolean over = join();
        RuntimeException failed = failure;
        if (failed instanceof KamalBackupException known) {
            throw known;
        }
        if (failed != null) {
            throw new IllegalStateException(name + " failed", failed);
        }
        if (!over) {
            cancellation.throwIfCancelled(name, "");
        }
    }

    /** Waits for the end no longer than this; whether it came. */
    boolean endsWithin(Duration limit) {
        Thread running = thread;
        try {
            if (running != null) {
                running.join(Math.max(1, limit.toMillis()));
            }
        } catch (InterruptedException interrupted) {
            cancellation.cancel("the thread was interrupted");
            Thread.currentThread().interrupt();
        }
        return running == null || !running.isAlive();
    }

    @Override
    public void close() {
        Thread running = thread;
        if (running != null && running.isAlive()) {
            cancellation.cancel(name + " is not needed any more");
            join();
        }
    }

    /** Whether it came to its own end, which it did not if the wait was interrupted: it is cancelled then. */
    private boolean join() {
        Thread running = thread;
        try {
            if (running != null) {
                running.join();
            }
            return true;
        } catch (InterruptedException interrupted) {
            cancellation.cancel("the thread was interrupted");
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
