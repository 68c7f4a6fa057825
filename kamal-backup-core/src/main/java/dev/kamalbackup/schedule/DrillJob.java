package dev.kamalbackup.schedule;

import dev.kamalbackup.config.Schedule;
import dev.kamalbackup.drill.DrillResult;
import dev.kamalbackup.drill.Outcome;
import dev.kamalbackup.error.BusyException;
import dev.kamalbackup.error.KamalBackupException;
import dev.kamalbackup.event.BackupListener;
import dev.kamalbackup.process.Cancellation;
import dev.kamalbackup.state.StateFolder;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BiFunction;

/** The scheduled drill of a restore into scratch places. When the last one was made the state folder tells. */
public final class DrillJob implements Job {
    private final Schedule schedule;
    private final BiFunction<Instant, Cancellation, DrillResult> drill;
    private final LastTime last;

    /**
     * The job.
     *
     * @param drill makes one that counts for a time of the schedule
     */
    public DrillJob(
            Schedule schedule,
            StateFolder state,
            BiFunction<Instant, Cancellation, DrillResult> drill,
            BackupListener listener) {
        this.schedule = schedule;
        this.drill = drill;
        this.last = new LastTime(name(), state::keptDrill, listener);
    }

    @Override
    public String name() {
        return "drill";
    }

    @Override
    public Schedule schedule() {
        return schedule;
    }

    @Override
    public Duration jitter() {
        return Duration.ZERO;
    }

    @Override
    public Optional<Instant> keptLast(Cancellation cancellation) {
        return last.read();
    }

    @Override
    public Ending carryOut(Instant time, Cancellation cancellation) {
        try {
            DrillResult result = drill.apply(time, cancellation);
            String outcome = result.outcome().word();
            return result.outcome() == Outcome.PASSED
                    ? new Ending.Done(outcome)
                    : new Ending.Wrong(outcome + ": " + String.join("; ", result.reasons()));
        } catch (BusyException busy) {
            return new Ending.Busy(busy.fault().reason());
        } catch (KamalBackupException failed) {
            return new Ending.Failed(failed.fault().full());
        }
    }
}
