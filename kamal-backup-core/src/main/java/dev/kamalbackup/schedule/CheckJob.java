package dev.kamalbackup.schedule;

import dev.kamalbackup.config.Schedule;
import dev.kamalbackup.error.BusyException;
import dev.kamalbackup.error.KamalBackupException;
import dev.kamalbackup.process.Cancellation;
import dev.kamalbackup.state.StateFolder;
import dev.kamalbackup.upkeep.CheckResult;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/**
 * The scheduled check of the repository.
 *
 * @param schedule when it is due
 * @param state knows when the last one was made
 * @param check makes one
 */
public record CheckJob(Schedule schedule, StateFolder state, Function<Cancellation, CheckResult> check) implements Job {
    @Override
    public String name() {
        return "check";
    }

    @Override
    public Duration jitter() {
        return Duration.ZERO;
    }

    @Override
    public Optional<Instant> keptLast(Cancellation cancellation) {
        // One that failed has proved nothing: the storage may only have been out of reach.
        return state.lastReadableCheck()
                .filter(record -> record.path("status").asText().equals("ok"))
                .flatMap(record -> RecordedTime.of(record, "started_at"));
    }

    @Override
    public Ending carryOut(Instant time, Cancellation cancellation) {
        try {
            return check.apply(cancellation)
                    .failure()
                    .<Ending>map(failure -> new Ending.Failed(failure.reason()))
                    .orElseGet(() -> new Ending.Done("no errors were found"));
        } catch (BusyException busy) {
            return new Ending.Busy(busy.fault().reason());
        } catch (KamalBackupException failed) {
            return new Ending.Failed(failed.fault().full());
        }
    }
}
