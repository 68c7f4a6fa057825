package dev.kamalbackup.restic;

import dev.kamalbackup.process.Motion;
import java.time.Duration;

/** Measures how long restic has got nowhere; to be asked once in each interval. */
final class Standstill {
    private static final Duration LONGEST_INTERVAL = Duration.ofSeconds(5);

    private final Motion motion;
    private final Duration longest;
    private final Duration interval;
    private long lookedAt = System.nanoTime();
    private long stillNanos;
    private long counted;

    Standstill(Motion motion, Duration longest) {
        this.motion = motion;
        this.longest = longest;
        Duration quarter = longest.dividedBy(4);
        this.interval = quarter.compareTo(LONGEST_INTERVAL) < 0 ? quarter : LONGEST_INTERVAL;
    }

    /** Why restic was ended that stood still for too long. */
    String reason() {
        return "nothing moved for " + longest.toSeconds() + " s";
    }

    Duration interval() {
        return interval;
    }

    /** It has an excuse: whoever it works for does not wait for it. */
    void over() {
        lookedAt = System.nanoTime();
        stillNanos = 0;
    }

    /**
     * Looks once more.
     *
     * @param count what restic itself counts; a change is progress, too
     */
    boolean isTooLong(long count) {
        long now = System.nanoTime();
        // A container or machine that was paused has not waited meanwhile.
        long passed = Math.min(now - lookedAt, 2 * interval.toNanos());
        lookedAt = now;
        boolean moved = motion.look() != Motion.Answer.STILL || count != counted;
        counted = count;
        stillNanos = moved ? 0 : stillNanos + passed;
        return stillNanos >= longest.toNanos();
    }
}
