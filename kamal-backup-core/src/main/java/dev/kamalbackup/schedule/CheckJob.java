package dev.kamalbackup.schedule;

import dev.kamalbackup.config.Schedule;
import dev.kamalbackup.error.BusyException;
import dev.kamalbackup.error.KamalBackupException;
import dev.kamalbackup.event.BackupListener;
import dev.kamalbackup.process.Cancellation;
import dev.kamalbackup.state.StateFolder;
import dev.kamalbackup.upkeep.CheckResult;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BiFunction;

/** The scheduled check of the repository. When the last one was made the state folder tells. */
public final class CheckJob implements Job {
    private final Schedule schedule;
    private final BiFunction<Instant, Cancellation, CheckResult> check;
    private final LastTime last;

    /**
     * The job.
     *
     * @param check makes one that counts for a time of the schedule
     */
    public CheckJob(
            Schedule schedule,
            StateFolder state,
            BiFunction<Instant, Cancellation, CheckResult> check,
            BackupListener listener) {
        this.schedule = schedule;
        this.check = check;
        this.last = new LastTime(name(), state::keptCheck, listener);
    }

    @Override
    public String name() {
        return "check";
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
            return check.apply(time, cancellation)
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
