package dev.kamalbackup.schedule;

import dev.kamalbackup.config.Schedule;
import dev.kamalbackup.event.BackupListener;
import dev.kamalbackup.process.Cancellation;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * A scheduler in a world of its own: time passes when it rests or works, the job fails by chance and for days on end, the
 * process is ended and started again, the state is lost, and somebody changes the clock. Whoever looks on notes what must
 * not be.
 */
final class SimulatedYear {
    private static final Duration RUN = Duration.ofSeconds(20);
    private static final Duration RETRIES =
            Duration.ofMinutes(1 + 2 + 4 + 8 + 16).plus(RUN.multipliedBy(6));
    private static final Duration TICK = Duration.ofSeconds(31);

    private final Schedule schedule;
    private final Duration jitter;
    private final Random random;
    private final List<String> complaints = new ArrayList<>();
    private boolean trouble = true;
    private boolean alwaysFailing;

    /** Real time; the clock on the wall differs from it by its error. */
    private Duration passed = Duration.ZERO;

    private Duration clockError = Duration.ZERO;
    private Duration outageEnds = Duration.ZERO;
    private Duration healthySince = Duration.ZERO;
    private @Nullable Duration lastStartPassed;
    private Duration end = Duration.ZERO;

    /** What is on the disk of the accessory, and in the repository. */
    private @Nullable Instant recorded;

    private @Nullable Instant inRepository;
    private int recordedFailures;

    private int failures;
    private int completeRuns;
    private int restarts;
    private int clockJumps;
    private Duration largestDelay = Duration.ZERO;

    SimulatedYear(Schedule schedule, Duration jitter, long seed) {
        this.schedule = schedule;
        this.jitter = jitter;
        this.random = new Random(seed);
    }

    SimulatedYear untroubled() {
        trouble = false;
        return this;
    }

    SimulatedYear failing() {
        alwaysFailing = true;
        return this;
    }

    void pass(Duration time) {
        end = time;
        while (passed.compareTo(end) < 0) {
            Cancellation killed = new Cancellation();
            new Scheduler(
                            List.of(new FakeBackup()),
                            Retries.standard(),
                            "shop",
                            Duration.ZERO,
                            this::rest,
                            new Records(),
                            new WallClock())
                    .run(killed);
            restarts++;
        }
    }

    private Instant now() {
        return Instant.parse("2026-01-01T00:00:00Z").plus(passed).plus(clockError);
    }

    private void rest(Duration time, Cancellation cancellation) {
        passed = passed.plus(time);
        if (trouble) {
            happen(cancellation);
        }
        look();
        if (passed.compareTo(end) >= 0) {
            cancellation.cancel("the year is over");
        }
    }

    /** By what is likely within half a minute. */
    private void happen(Cancellation cancellation) {
        if (random.nextInt(5_000) == 0) {
            cancellation.cancel("killed");
            if (random.nextInt(5) == 0) {
                recorded = null;
            }
            if (random.nextBoolean()) {
                // It stays down for a while.
                passed = passed.plusMinutes(random.nextInt(2_000));
            }
            healthySince = passed;
        }
        if (random.nextInt(60_000) == 0) {
            clockJumps++;
            clockError = clockError.isZero() ? Duration.ofMinutes(random.nextInt(20_000) - 10_000) : Duration.ZERO;
            healthySince = passed;
        }
        if (random.nextInt(100_000) == 0) {
            outageEnds = passed.plusHours(random.nextInt(60));
        }
        if (passed.compareTo(outageEnds) < 0) {
            healthySince = outageEnds;
        }
    }

    /** Once nothing has been wrong for so long that a time of the schedule was met, there must be a young run. */
    private void look() {
        Duration longest = longestInterval().plus(jitter).plus(RETRIES).plus(TICK);
        Duration healthy = passed.minus(healthySince);
        if (alwaysFailing || healthy.compareTo(longest) <= 0) {
            return;
        }
        if (lastStartPassed == null || passed.minus(lastStartPassed).compareTo(longest) > 0) {
            complaints.add("at " + now() + " the last run was started " + lastStartPassed + ", and it is " + passed);
            healthySince = passed;
        }
    }

    private Duration longestInterval() {
        // A day may have 25 hours.
        return schedule instanceof Schedule.Every every ? every.interval() : Duration.ofHours(25);
    }

    private final class FakeBackup implements Job {
        private @Nullable Instant asked;

        @Override
        public String name() {
            return "backup";
        }

        @Override
        public Schedule schedule() {
            return schedule;
        }

        @Override
        public Duration jitter() {
            return jitter;
        }

        @Override
        public Optional<Instant> keptLast(Cancellation cancellation) {
            if (recorded == null && asked == null) {
                asked = inRepository;
            }
            return Optional.ofNullable(recorded == null ? asked : recorded);
        }

        @Override
        public Ending carryOut(Instant time, Cancellation cancellation) {
            Instant startedAt = now();
            Duration startPassed = passed;
            passed = passed.plus(RUN);
            boolean fails = alwaysFailing || passed.compareTo(outageEnds) < 0 || (trouble && random.nextInt(20) == 0);
            if (fails) {
                failures++;
                return new Ending.Failed("it failed");
            }
            requireDue(startedAt, time);
            completeRuns++;
            lastStartPassed = startPassed;
            recorded = time;
            inRepository = startedAt;
            return new Ending.Done("done");
        }

        private void requireDue(Instant startedAt, Instant time) {
            Instant before = keptLast(new Cancellation()).orElse(null);
            if (before == null || before.isAfter(startedAt.plus(Schedule.CLOCK_TOLERANCE))) {
                return;
            }
            Instant due = schedule.next(before);
            if (due.isAfter(startedAt)) {
                complaints.add("a run at " + startedAt + ", though the next after " + before + " is due at " + due);
            }
            if (!trouble) {
                Duration delay = Duration.between(due, startedAt);
                largestDelay = delay.compareTo(largestDelay) > 0 ? delay : largestDelay;
            }
            if (time.isAfter(startedAt)) {
                complaints.add("a run at " + startedAt + " counts for " + time);
            }
        }
    }

    private final class Records implements BackupListener {
        @Override
        public void failed(String label, String reason) {
            recordedFailures++;
        }
    }

    private final class WallClock extends Clock {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now();
        }
    }

    List<String> complaints() {
        return complaints;
    }

    int recordedFailures() {
        return recordedFailures;
    }

    int failures() {
        return failures;
    }

    int completeRuns() {
        return completeRuns;
    }

    int restarts() {
        return restarts;
    }

    int clockJumps() {
        return clockJumps;
    }

    Duration largestDelay() {
        return largestDelay;
    }
}
