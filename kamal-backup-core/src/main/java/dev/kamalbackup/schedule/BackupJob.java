package dev.kamalbackup.schedule;

import dev.kamalbackup.config.BackupSettings;
import dev.kamalbackup.config.Schedule;
import dev.kamalbackup.error.BusyException;
import dev.kamalbackup.error.CancelledException;
import dev.kamalbackup.error.KamalBackupException;
import dev.kamalbackup.event.BackupListener;
import dev.kamalbackup.process.Cancellation;
import dev.kamalbackup.run.BackupAnswer;
import dev.kamalbackup.run.BackupRequest;
import dev.kamalbackup.run.BackupResult;
import dev.kamalbackup.run.PartOutcome;
import dev.kamalbackup.state.LastBackup;
import dev.kamalbackup.state.StateFolder;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The scheduled backup. When the last one was made the state folder tells, or the repository if that was lost. */
public final class BackupJob implements Job {
    private final BackupSettings settings;
    private final StateFolder state;
    private final Function<Cancellation, Optional<Instant>> newestInRepository;
    private final BiFunction<BackupRequest, Cancellation, BackupAnswer> backup;
    private final BackupListener listener;
    private @Nullable Instant inRepository;
    private boolean asked;

    /**
     * The job.
     *
     * @param newestInRepository asked once, for the newest complete run, if the state folder knows of none
     * @param backup makes one
     */
    public BackupJob(
            BackupSettings settings,
            StateFolder state,
            Function<Cancellation, Optional<Instant>> newestInRepository,
            BiFunction<BackupRequest, Cancellation, BackupAnswer> backup,
            BackupListener listener) {
        this.settings = settings;
        this.state = state;
        this.newestInRepository = newestInRepository;
        this.backup = backup;
        this.listener = listener;
    }

    @Override
    public String name() {
        return "backup";
    }

    @Override
    public Schedule schedule() {
        return settings.schedule();
    }

    @Override
    public Duration jitter() {
        return settings.jitter();
    }

    @Override
    public Optional<Instant> keptLast(Cancellation cancellation) {
        try {
            Optional<Instant> recorded = state.lastBackup().map(LastBackup::kept);
            return recorded.isPresent() ? recorded : Optional.ofNullable(askRepository(cancellation));
        } catch (CancelledException stop) {
            throw stop;
        } catch (KamalBackupException unknown) {
            // The backup that is made now meets the same, and records it.
            listener.warning("when the last backup was made cannot be told, so one is due: "
                    + unknown.fault().summary());
            return Optional.empty();
        }
    }

    private @Nullable Instant askRepository(Cancellation cancellation) {
        if (!asked) {
            inRepository = newestInRepository.apply(cancellation).orElse(null);
            asked = true;
        }
        return inRepository;
    }

    @Override
    public Ending carryOut(Instant time, Cancellation cancellation) {
        try {
            BackupAnswer answer = backup.apply(BackupRequest.now().ifDue().scheduledFor(time), cancellation);
            return answer instanceof BackupAnswer.Made made
                    ? ending(made.result())
                    : new Ending.Done("somebody made one meanwhile");
        } catch (BusyException busy) {
            return new Ending.Busy(busy.fault().reason());
        } catch (KamalBackupException failed) {
            return new Ending.Failed(failed.fault().full());
        }
    }

    private static Ending ending(BackupResult result) {
        if (result.complete()) {
            return new Ending.Done("run " + result.run() + " is complete");
        }
        return new Ending.Failed("run " + result.run() + " is incomplete: "
                + result.parts().stream()
                        .filter(PartOutcome.Failed.class::isInstance)
                        .map(part -> ((PartOutcome.Failed) part).reason())
                        .collect(Collectors.joining("; ")));
    }
}
