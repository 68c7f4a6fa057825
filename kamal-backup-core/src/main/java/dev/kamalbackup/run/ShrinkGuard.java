package dev.kamalbackup.run;

import dev.kamalbackup.process.Cancellation;
import dev.kamalbackup.tag.RunId;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Holds back a dump that is far smaller than the last one: the empty database of a fresh host dumps without an error, and
 * retention would in time leave nothing else.
 */
public final class ShrinkGuard {
    /** What is smaller has little to lose, and a migration may halve it. */
    private static final long LEAST_BYTES = 32 * 1024;

    /** A third: an app that purges its logs loses less, an empty database more. */
    private static final int SMALLER_BY = 3;

    private final Function<Cancellation, Map<String, Before>> dumps;
    private @Nullable Map<String, Before> known;

    /**
     * The dump before.
     *
     * @param run the complete run it is part of
     * @param bytes its size
     */
    public record Before(RunId run, long bytes) {}

    private ShrinkGuard(Function<Cancellation, Map<String, Before>> dumps) {
        this.dumps = dumps;
    }

    /** Lets everything through. */
    public static ShrinkGuard open() {
        return new ShrinkGuard(cancellation -> Map.of());
    }

    /** Compares with these dumps, by the label of their part; they are asked for once. */
    static ShrinkGuard comparing(Function<Cancellation, Map<String, Before>> dumps) {
        return new ShrinkGuard(dumps);
    }

    /** Asks for the dumps before, unless that was done; it may take a restic, so a new dump need not wait for it. */
    void ask(Cancellation cancellation) {
        if (known == null) {
            known = dumps.apply(cancellation);
        }
    }

    /** What is wrong with a dump of this size, if anything; to be asked when {@link #ask} has ended. */
    Optional<String> flaw(String label, long bytes) {
        Map<String, Before> before = known;
        if (before == null) {
            throw new IllegalStateException("the dumps before were not asked for");
        }
        return Optional.ofNullable(before.get(label))
                .filter(last -> last.bytes() >= LEAST_BYTES && bytes < last.bytes() / SMALLER_BY)
                .map(last ->
                        "the dump has " + bytes + " bytes, and the one of run " + last.run() + " had " + last.bytes());
    }
}
