package dev.kamalbackup.schedule;

import dev.kamalbackup.config.Schedule;
import dev.kamalbackup.process.Cancellation;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * When one job is to be done next: by what is recorded, by how often it failed since it was due, and by a clock that may
 * jump. Kept by one thread.
 */
final class Agenda {
    /** How often to look whether something else is still under way. */
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(30);

    private final Job job;
    private final Retries retries;
    private final String spread;
    private int failures;
    private @Nullable Instant kept;
    private @Nullable Instant notBefore;
    private Instant heldSince = Instant.EPOCH;
    private @Nullable Instant reckonedFrom;
    private Instant reckoned = Instant.EPOCH;
    private Instant tried = Instant.EPOCH;
    private Instant nextTime = Instant.EPOCH;

    /**
     * An agenda on which the job never failed.
     *
     * @param spread what differs from app to app, so that not all are late by the same
     */
    Agenda(Job job, Retries retries, String spread) {
        this.job = job;
        this.retries = retries;
        this.spread = spread;
    }

    Job job() {
        return job;
    }

    /** When it is to be done; not after now if at once. */
    Instant due(Instant now, Cancellation cancellation) {
        Instant held = notBefore;
        // What is waited for means nothing once the clock was put back to before the wait.
        boolean waits = held != null && held.isAfter(now) && !now.isBefore(heldSince);
        return waits ? Objects.requireNonNull(held) : scheduled(now, cancellation);
    }

    private Instant scheduled(Instant now, Cancellation cancellation) {
        Optional<Instant> last = keptLast(now, cancellation);
        if (last.isEmpty()) {
            return now;
        }
        if (!last.get().equals(reckonedFrom)) {
            Instant due = job.schedule().next(last.get());
            reckonedFrom = last.get();
            reckoned = due.plus(lateness(due));
        }
        return reckoned;
    }

    /** What was done is known although the record of it could not be written. */
    private Optional<Instant> keptLast(Instant now, Cancellation cancellation) {
        return Stream.concat(job.keptLast(cancellation).stream(), Optional.ofNullable(kept).stream())
                .filter(time -> !time.isAfter(now.plus(Schedule.CLOCK_TOLERANCE)))
                .max(Instant::compareTo);
    }

    /** Does it. */
    Job.Ending carryOut(Instant now, Cancellation cancellation) {
        Instant time = keptLast(now, cancellation)
                .map(last -> job.schedule().newest(last, now))
                .orElse(now);
        tried = time;
        return job.carryOut(time, cancellation);
    }

    /** Draws the conclusions from how it ended; answers when it will be tried again, if it failed. */
    Optional<Instant> ended(Job.Ending ending, Instant now) {
        if (ending instanceof Job.Ending.Failed) {
            return Optional.of(failed(now));
        }
        if (ending instanceof Job.Ending.Busy) {
            hold(now, now.plus(LOOK_AGAIN));
            return Optional.empty();
        }
        kept = tried;
        failures = 0;
        notBefore = null;
        return Optional.empty();
    }

    private Instant failed(Instant now) {
        if (failures == 0 || !nextTime.isAfter(now)) {
            failures = 0;
            nextTime = job.schedule().next(tried);
        }
        failures++;
        Instant again = now.plus(retries.pause(failures));
        if (failures > retries.most() || !again.isBefore(nextTime)) {
            failures = 0;
            again = nextTime.isAfter(now) ? nextTime : again;
        }
        hold(now, again);
        return again;
    }

    private void hold(Instant now, Instant until) {
        heldSince = now;
        notBefore = until;
    }

    /** Always the same for one app and time: a restart must not draw again. */
    private Duration lateness(Instant due) {
        long span = job.jitter().toSeconds();
        if (span == 0) {
            return Duration.ZERO;
        }
        CRC32 hash = new CRC32();
        hash.update(spread.getBytes(StandardCharsets.UTF_8));
        hash.update(
                ByteBuffer.allocate(Long.BYTES).putLong(due.getEpochSecond()).array());
        return Duration.ofSeconds(hash.getValue() % (span + 1));
    }
}
