package dev.kamalbackup.schedule;

import dev.kamalbackup.config.Schedule;
import dev.kamalbackup.drill.DrillResult;
import dev.kamalbackup.drill.Outcome;
import dev.kamalbackup.error.BusyException;
import dev.kamalbackup.error.KamalBackupException;
import dev.kamalbackup.process.Cancellation;
import dev.kamalbackup.state.StateFolder;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/**
 * The scheduled drill of a restore into scratch places.
 *
 * @param schedule when it is due
 * @param state knows when the last one was made
 * @param drill makes one
 */
public record DrillJob(Schedule schedule, StateFolder state, Function<Cancellation, DrillResult> drill) implements Job {
    @Override
    public String name() {
        return "drill";
    }

    @Override
    public Duration jitter() {
        return Duration.ZERO;
    }

    @Override
    public Optional<Instant> keptLast(Cancellation cancellation) {
        return state.lastReadableDrill().flatMap(record -> RecordedTime.of(record, "started_at"));
    }

    @Override
    public Ending carryOut(Instant time, Cancellation cancellation) {
        try {
            DrillResult result = drill.apply(cancellation);
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
