package dev.kamalbackup.run;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Ends a transfer that takes too long as a whole, or in which not one byte moves for too long, and remembers which side
 * was at fault: the one the transfer was waiting for. A consumer that ends early is noticed here, for a slow producer
 * may take minutes to fill what is then handed on.
 */
final class StallWatch implements AutoCloseable {
    private static final Duration TICK = Duration.ofMillis(200);

    /** Whom the transfer waits for at the moment. */
    enum Side {
        PRODUCER,
        CONSUMER
    }

    private final Duration total;
    private final Duration still;
    private final Runnable endProducer;
    private final Runnable endConsumer;
    private final BooleanSupplier consumerEnded;
    private final long startedAt = System.nanoTime();
    private final Thread thread;
    private volatile long movedAt = System.nanoTime();
    private volatile Side waitingFor = Side.PRODUCER;
    private volatile boolean closed;
    private volatile @Nullable Verdict verdict;

    /**
     * Why the transfer was ended.
     *
     * @param side who was waited for
     * @param reason for people
     */
    record Verdict(Side side, String reason) {}

    StallWatch(
            Duration total, Duration still, Runnable endProducer, Runnable endConsumer, BooleanSupplier consumerEnded) {
        this.total = total;
        this.still = still;
        this.endProducer = endProducer;
        this.endConsumer = endConsumer;
        this.consumerEnded = consumerEnded;
        this.thread = new Thread(this::watch, "stall watch");
        thread.setDaemon(true);
        thread.start();
    }

    /** Called before each blocking step. */
    void waitingFor(Side side) {
        waitingFor = side;
        movedAt = System.nanoTime();
    }

    /** Why the transfer was ended; null if it was not. */
    @Nullable
    Verdict verdict() {
        return verdict;
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }

    private void watch() {
        while (!closed) {
            long now = System.nanoTime();
            if (consumerEnded.getAsBoolean()) {
                end(Side.CONSUMER, "it ended before the dump did");
                return;
            }
            if (now - movedAt > still.toNanos()) {
                end(waitingFor, "not one byte moved for " + seconds(still));
                return;
            }
            if (now - startedAt > total.toNanos()) {
                end(waitingFor, "it did not end within " + seconds(total));
                return;
            }
            try {
                Thread.sleep(TICK.toMillis());
            } catch (InterruptedException closing) {
                return;
            }
        }
    }

    private void end(Side side, String reason) {
        verdict = new Verdict(side, reason);
        // Both: the other would otherwise wait for ever for the one that was ended.
        endProducer.run();
        if (side == Side.CONSUMER) {
            endConsumer.run();
        }
    }

    private static String seconds(Duration duration) {
        return duration.toSeconds() + " s";
    }
}
