package dev.kamalbackup.process;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Whether a program, with all it started, gets anywhere. It does if the other side of a connection confirms so much as a
 * byte, which tells of the slowest upload; if bytes are read and written, whatever they are, save those it prints; or if
 * it computes. The limits are far above what restic does while it only waits: some 600 bytes and six hundredths of a
 * second in a minute, and 52 bytes for ssh each five minutes (measured with restic 0.19 and a frozen SFTP server).
 */
public final class Motion {
    private static final long BYTES_OF_WAITING = 16 * 1024;
    private static final long HUNDREDTHS_OF_WAITING = 500;
    private static final Duration WINDOW = Duration.ofMinutes(1);

    private final Supplier<List<Long>> processes;
    private final LongSupplier printed;
    private @Nullable Counters before;
    private long bytesAtMark;
    private long ticksAtMark;
    private long markedAt;

    /** What was seen. */
    public enum Answer {
        /** It got on since the last look. */
        MOVED,
        /** It did not. */
        STILL,
        /** This system does not tell. */
        UNKNOWN
    }

    /**
     * @param processes the program and what it started, as they are now
     * @param printed how many bytes it has printed; a program that waits may still print that it does
     */
    Motion(Supplier<List<Long>> processes, LongSupplier printed) {
        this.processes = processes;
        this.printed = printed;
    }

    /** Looks once more. */
    public Answer look() {
        Optional<Counters> seen = Counters.of(processes.get());
        if (seen.isEmpty()) {
            return Answer.UNKNOWN;
        }
        Counters now = seen.get();
        Counters last = before;
        before = now;
        long bytes = now.bytes() - printed.getAsLong();
        long time = System.nanoTime();
        // What a child that has ended did is in no count any more, which makes them smaller.
        boolean many = last != null
                && (Math.abs(bytes - bytesAtMark) > BYTES_OF_WAITING
                        || Math.abs(now.ticks() - ticksAtMark) > HUNDREDTHS_OF_WAITING);
        if (last == null || many || time - markedAt > WINDOW.toNanos()) {
            bytesAtMark = bytes;
            ticksAtMark = now.ticks();
            markedAt = time;
        }
        return last == null || many || now.drainedSince(last) ? Answer.MOVED : Answer.STILL;
    }
}
