package dev.kamalbackup;

import dev.kamalbackup.config.DrillSettings;
import dev.kamalbackup.config.MaintenanceSettings;
import dev.kamalbackup.config.Settings;
import dev.kamalbackup.drill.DrillRequest;
import dev.kamalbackup.drill.DrillResult;
import dev.kamalbackup.drill.ScratchPlaces;
import dev.kamalbackup.error.RepositoryException;
import dev.kamalbackup.event.BackupListener;
import dev.kamalbackup.process.Cancellation;
import dev.kamalbackup.report.Reports;
import dev.kamalbackup.restore.Consent;
import dev.kamalbackup.restore.RestoreRequest;
import dev.kamalbackup.run.BackupAnswer;
import dev.kamalbackup.run.BackupRequest;
import dev.kamalbackup.schedule.BackupJob;
import dev.kamalbackup.schedule.CheckJob;
import dev.kamalbackup.schedule.DrillJob;
import dev.kamalbackup.schedule.Job;
import dev.kamalbackup.schedule.Pause;
import dev.kamalbackup.schedule.Retries;
import dev.kamalbackup.schedule.Scheduler;
import dev.kamalbackup.state.StateFolder;
import dev.kamalbackup.tag.Names;
import dev.kamalbackup.upkeep.CheckResult;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the scheduler does, by the settings. */
record ScheduledJobs(Operations operations, Settings settings, StateFolder state, BackupListener listener) {
    Scheduler scheduler(Clock clock) {
        return new Scheduler(
                jobs(),
                Retries.standard(),
                Names.host(settings.app(), settings.accessory()),
                settings.backup().startDelay(),
                Pause.real(),
                listener,
                clock);
    }

    private List<Job> jobs() {
        List<Job> jobs = new ArrayList<>();
        if (!settings.backup().enabled()) {
            // An accessory that is switched off idles: were it to end, it would be started again and again.
            return jobs;
        }
        jobs.add(new BackupJob(settings.backup(), state, this::newestComplete, this::backup, listener));
        MaintenanceSettings maintenance = settings.maintenance();
        maintenance.checkSchedule().ifPresent(due -> jobs.add(new CheckJob(due, state, this::check, listener)));
        maintenance.drill().schedule().ifPresent(due -> jobs.add(new DrillJob(due, state, this::drill, listener)));
        return jobs;
    }

    private BackupAnswer backup(BackupRequest request, Cancellation stop) {
        BackupAnswer answer = operations.backup(request, stop);
        if (answer instanceof BackupAnswer.Made made
                && made.result().exitCode() == RepositoryException.Kind.LOCKED.exitCode()) {
            // The next attempt finds the way free if the holder is proved dead.
            operations.unlocking().unlock(false, stop);
        }
        return answer;
    }

    private CheckResult check(Instant time, Cancellation stop) {
        return operations
                .announcements()
                .ofCheck(() -> operations.checks().check(Optional.empty(), Optional.of(time), Reports::of, stop), stop);
    }

    private Optional<Instant> newestComplete(Cancellation stop) {
        try {
            return operations.catalog(stop).newestComplete().map(run -> run.id().time());
        } catch (RepositoryException failure) {
            if (failure.kind() == RepositoryException.Kind.MISSING) {
                return Optional.empty();
            }
            throw failure;
        }
    }

    private DrillResult drill(Instant time, Cancellation stop) {
        DrillSettings drill = settings.maintenance().drill();
        DrillRequest request = DrillRequest.of(RestoreRequest.latest().intoProduction())
                .at(ScratchPlaces.in(drill.files()))
                .scheduledFor(time);
        return operations
                .announcements()
                .ofDrill(
                        () -> operations
                                .drills()
                                .drill(
                                        () -> operations.catalog(stop),
                                        drill.check().map(request::checkedBy).orElse(request),
                                        Consent.given(),
                                        Reports::of,
                                        stop),
                        stop);
    }
}
