package dev.kamalbackup.config;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** When something is to be done again and again. */
public sealed interface Schedule {
    /**
     * After so much time each.
     *
     * @param interval from one time to the next, more than nothing
     */
    record Every(Duration interval) implements Schedule {
        @Override
        public Instant next(Instant after) {
            return after.plus(interval);
        }

        @Override
        public Instant newest(Instant anchor, Instant now) {
            long passed = Math.max(0, Duration.between(anchor, now).dividedBy(interval));
            return anchor.plus(interval.multipliedBy(passed));
        }

        @Override
        public String toString() {
            return "every " + shortened(interval);
        }

        private static String shortened(Duration interval) {
            long seconds = interval.toSeconds();
            if (seconds % 86_400 == 0) {
                return seconds / 86_400 + "d";
            }
            if (seconds % 3_600 == 0) {
                return seconds / 3_600 + "h";
            }
            return seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
        }
    }

    /**
     * At the times of a cron expression.
     *
     * @param expression five fields, or one of {@code @hourly}, {@code @daily}, {@code @weekly}, {@code @monthly} and
     *     {@code @yearly}
     * @param zone whose clock is meant
     */
    record Cron(String expression, ZoneId zone) implements Schedule {
        /**
         * Checks the expression.
         *
         * @throws IllegalArgumentException if it is none, or names a date that no calendar has
         */
        public Cron {
            CronExpression.of(expression);
        }

        @Override
        public Instant next(Instant after) {
            return CronExpression.of(expression).next(after, zone);
        }

        @Override
        public Instant newest(Instant anchor, Instant now) {
            return now;
        }

        @Override
        public String toString() {
            return expression + " (" + zone + ")";
        }
    }

    /** Clocks that are put right do not jump by more. */
    Duration CLOCK_TOLERANCE = Duration.ofMinutes(2);

    /** The first time after one that was kept. */
    Instant next(Instant after);

    /**
     * How long it is from each of its times to the next; a cron expression has longer and shorter intervals.
     *
     * @param after the first interval begins with the first time after this one
     * @param count how many intervals are wanted
     */
    default List<Duration> intervals(Instant after, int count) {
        List<Duration> intervals = new ArrayList<>();
        Instant time = next(after);
        for (int i = 0; i < count; i++) {
            Instant following = next(time);
            intervals.add(Duration.between(time, following));
            time = following;
        }
        return intervals;
    }

    /**
     * When it is due: now, if it never was done.
     *
     * @param kept the time that was kept last
     */
    default Instant due(Optional<Instant> kept, Instant now) {
        // A record from the future is the work of a clock that was wrong; it must not stop anything for ever.
        return kept.filter(time -> !time.isAfter(now.plus(CLOCK_TOLERANCE)))
                .map(this::next)
                .orElse(now);
    }

    /**
     * The moment that something done now counts for: were it the moment of the doing, each delay would add to the last.
     *
     * @param anchor the time that was kept last
     */
    Instant newest(Instant anchor, Instant now);
}
