package dev.kamalbackup.run;

import dev.kamalbackup.process.Motion;
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
    private static final Duration LOOK = Duration.ofSeconds(5);

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
    private final Motion consumer;
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
     * @param ended whether it had ended by itself
     * @param reason for people
     */
    record Verdict(Side side, boolean ended, String reason) {}

    StallWatch(
            Duration total,
            Duration still,
            Runnable endProducer,
            Runnable endConsumer,
            BooleanSupplier consumerEnded,
            Motion consumer) {
        this.total = total;
        this.still = still;
        this.endProducer = endProducer;
        this.endConsumer = endConsumer;
        this.consumerEnded = consumerEnded;
        this.consumer = consumer;
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
        long lookEvery = Math.min(LOOK.toNanos(), still.toNanos() / 4);
        long lookedAt = System.nanoTime();
        while (!closed) {
            long now = System.nanoTime();
            if (consumerEnded.getAsBoolean()) {
                end(new Verdict(Side.CONSUMER, true, "it ended before the dump did"));
                return;
            }
            if (waitingFor == Side.CONSUMER && now - lookedAt > lookEvery) {
                // What is to be sent may take the size of several packs before restic takes another byte.
                lookedAt = now;
                movedAt = consumer.look() == Motion.Answer.MOVED ? now : movedAt;
            }
            if (now - movedAt > still.toNanos()) {
                end(new Verdict(waitingFor, false, "not one byte moved for " + seconds(still)));
                return;
            }
            if (now - startedAt > total.toNanos()) {
                end(new Verdict(waitingFor, false, "it did not end within " + seconds(total)));
                return;
            }
            try {
                Thread.sleep(TICK.toMillis());
            } catch (InterruptedException closing) {
                return;
            }
        }
    }

    private void end(Verdict why) {
        verdict = why;
        // Both: the other would otherwise wait for ever for the one that was ended.
        endProducer.run();
        if (why.side() == Side.CONSUMER) {
            endConsumer.run();
        }
    }

    private static String seconds(Duration duration) {
        return duration.toSeconds() + " s";
    }
}
