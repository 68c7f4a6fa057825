package dev.kamalbackup.schedule;

import dev.kamalbackup.error.CancelledException;
import dev.kamalbackup.event.BackupListener;
import dev.kamalbackup.process.Cancellation;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Does each job when it is due, one at a time, until it is cancelled. It looks at the clock again and again rather than
 * sleep until a job is due, so that a clock that is changed, or a machine that slept, is noticed within half a minute.
 */
public final class Scheduler {
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private final List<Agenda> agendas;
    private final Duration startDelay;
    private final Pause pause;
    private final BackupListener listener;
    private final Clock clock;
    private final Map<String, Instant> announced = new HashMap<>();

    /**
     * A scheduler of these jobs.
     *
     * @param jobs of two that are due the first one comes first
     * @param spread what differs from app to app, so that not all are late by the same
     * @param startDelay how long it waits before it does anything
     */
    public Scheduler(
            List<Job> jobs,
            Retries retries,
            String spread,
            Duration startDelay,
            Pause pause,
            BackupListener listener,
            Clock clock) {
        this.agendas =
                jobs.stream().map(job -> new Agenda(job, retries, spread)).toList();
        this.startDelay = startDelay;
        this.pause = pause;
        this.listener = listener;
        this.clock = clock;
    }

    /** Works until it is cancelled. */
    public void run(Cancellation cancellation) {
        try {
            delay(cancellation);
            work(cancellation);
        } catch (CancelledException asked) {
            // This is how it is meant to end, and what was under way has recorded its interruption.
            listener.warning(asked.fault().summary());
        }
    }

    private void work(Cancellation cancellation) {
        while (!cancellation.isCancelled()) {
            Instant now = clock.instant();
            Optional<Agenda> ready = agendas.stream()
                    .filter(agenda -> !agenda.due(now, cancellation).isAfter(now))
                    .findFirst();
            if (ready.isPresent()) {
                carryOut(ready.get(), now, cancellation);
            } else {
                pause.rest(untilNext(now, cancellation), cancellation);
            }
        }
    }

    private void delay(Cancellation cancellation) {
        Duration left = startDelay;
        while (!left.isZero() && !cancellation.isCancelled()) {
            Duration slice = shorter(left, LONGEST_PAUSE);
            pause.rest(slice, cancellation);
            left = left.minus(slice);
        }
    }

    private void carryOut(Agenda agenda, Instant now, Cancellation cancellation) {
        String name = agenda.job().name();
        Job.Ending ending = agenda.carryOut(now, cancellation);
        if (cancellation.isCancelled()) {
            return;
        }
        Optional<Instant> again = agenda.ended(ending, clock.instant());
        if (ending instanceof Job.Ending.Done done) {
            listener.finished("scheduled " + name, done.outcome());
        } else if (ending instanceof Job.Ending.Failed failed) {
            listener.failed("scheduled " + name, failed.reason());
            again.ifPresent(time -> listener.warning(
                    "the scheduled " + name + " failed and will be tried again at " + time + ": " + failed.reason()));
        } else if (ending instanceof Job.Ending.Wrong wrong) {
            listener.failed("scheduled " + name, wrong.reason());
            listener.warning("the scheduled " + name + " found: " + wrong.reason());
        } else if (ending instanceof Job.Ending.Busy busy) {
            listener.warning("the scheduled " + name + " waits: " + busy.owner());
        }
    }

    private Duration untilNext(Instant now, Cancellation cancellation) {
        Duration shortest = LONGEST_PAUSE;
        for (Agenda agenda : agendas) {
            Instant due = agenda.due(now, cancellation);
            announce(agenda.job().name(), due);
            shortest = shorter(shortest, Duration.between(now, due));
        }
        return shortest.isNegative() ? Duration.ZERO : shortest;
    }

    private void announce(String name, Instant due) {
        if (!due.equals(announced.put(name, due))) {
            listener.next(name, due);
        }
    }

    private static Duration shorter(Duration one, Duration other) {
        return Comparator.<Duration>naturalOrder().compare(one, other) <= 0 ? one : other;
    }
}
