package dev.kamalbackup.schedule;

import java.time.Duration;

/**
 * How often something that failed is tried again before the next time it is due, and after which pauses.
 *
 * @param most how often
 * @param first the first pause; each is twice as long as the one before
 */
public record Retries(int most, Duration first) {
    /** After 1, 2, 4, 8 and 16 minutes: long enough for a database to restart, short enough for the night. */
    public static Retries standard() {
        return new Retries(5, Duration.ofMinutes(1));
    }

    /** The pause before this attempt to do it again, from 1. */
    Duration pause(int attempt) {
        return first.multipliedBy(1L << (attempt - 1));
    }
}
