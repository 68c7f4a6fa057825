package dev.kamalbackup.schedule;

import dev.kamalbackup.error.CancelledException;
import dev.kamalbackup.error.Fault;
import dev.kamalbackup.process.Cancellation;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** How the scheduler lets time pass. */
@FunctionalInterface
public interface Pause {
    /** Returns after so much time, or as soon as it is cancelled. */
    void rest(Duration time, Cancellation cancellation);

    /** Lets real time pass. */
    static Pause real() {
        return (time, cancellation) -> {
            CountDownLatch cancelled = new CountDownLatch(1);
            try (Cancellation.Registration watch = cancellation.onCancel(cancelled::countDown)) {
                // Never less: a due time that lies between two ticks of the clock must not be waited for in a circle.
                cancelled.await(Math.max(1, time.toMillis()), TimeUnit.MILLISECONDS);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new CancelledException(new Fault("wait for the schedule", "", "interrupted", "start it again"));
            }
        };
    }
}
