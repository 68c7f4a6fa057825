package dev.kamalbackup;

import dev.kamalbackup.catalog.RecordedRun;
import dev.kamalbackup.catalog.RunCatalog;
import dev.kamalbackup.catalog.RunChoice;
import dev.kamalbackup.config.Settings;
import dev.kamalbackup.diagnosis.Doctor;
import dev.kamalbackup.drill.DrillOperation;
import dev.kamalbackup.error.ConfigurationException;
import dev.kamalbackup.event.BackupListener;
import dev.kamalbackup.evidence.EvidenceCollector;
import dev.kamalbackup.notify.HttpDelivery;
import dev.kamalbackup.notify.Notifier;
import dev.kamalbackup.process.Cancellation;
import dev.kamalbackup.process.ExecLauncher;
import dev.kamalbackup.process.ProcessLauncher;
import dev.kamalbackup.process.RecentVersions;
import dev.kamalbackup.redact.Redactor;
import dev.kamalbackup.report.Reports;
import dev.kamalbackup.restic.CommitMethod;
import dev.kamalbackup.restic.Restic;
import dev.kamalbackup.restore.DumpExtraction;
import dev.kamalbackup.restore.Equipment;
import dev.kamalbackup.restore.RestoreOperation;
import dev.kamalbackup.retention.PruneOperation;
import dev.kamalbackup.run.BackupAnswer;
import dev.kamalbackup.run.BackupOperation;
import dev.kamalbackup.run.BackupRequest;
import dev.kamalbackup.run.RunPlanner;
import dev.kamalbackup.schedule.Pause;
import dev.kamalbackup.schedule.Scheduler;
import dev.kamalbackup.spi.Adapters;
import dev.kamalbackup.state.HistoryProof;
import dev.kamalbackup.state.StateFolder;
import dev.kamalbackup.status.StatusOperation;
import dev.kamalbackup.tag.TagSet;
import dev.kamalbackup.upkeep.CheckOperation;
import dev.kamalbackup.upkeep.ThisHost;
import dev.kamalbackup.upkeep.UnlockOperation;
import dev.kamalbackup.upkeep.Upkeep;
import java.io.OutputStream;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;

/** Puts together what each verb needs. */
final class Operations {
    /** Less than the time there is to stop in. */
    private static final Duration MONITOR_PATIENCE = Duration.ofSeconds(8);

    private final Settings settings;
    private final Adapters adapters;
    private final Map<String, String> environment;
    private final BackupListener listener;
    private final Redactor redactor;
    private final Clock clock;
    private final ProcessLauncher launcher;
    private final StateFolder state;
    private final Restic restic;

    Operations(
            Settings settings,
            Adapters adapters,
            Map<String, String> environment,
            CommitMethod commitMethod,
            BackupListener listener,
            Redactor redactor,
            Clock clock) {
        this.settings = settings;
        this.adapters = adapters;
        this.environment = Map.copyOf(environment);
        this.listener = listener;
        this.redactor = redactor;
        this.clock = clock;
        this.launcher = new RecentVersions(ExecLauncher.detect(redactor, environment), clock);
        this.state = new StateFolder(settings.stateFolder());
        this.restic = new Restic(settings.restic(), environment, state.cache(), launcher, commitMethod)
                .endedAfter(settings.backup().stallTimeout());
    }

    BackupOperation backups() {
        requireDatabases();
        RunPlanner planner = new RunPlanner(settings, adapters, environment, launcher);
        Upkeep upkeep = new Upkeep(settings.maintenance(), prunes(), checks(), restic, Reports::of, listener, clock);
        return new BackupOperation(
                settings, planner, restic, state, launcher, listener, clock, upkeep::removeDeadLocks, upkeep::follow);
    }

    /** Makes a backup, and tells whoever is to know how it went. */
    BackupAnswer backup(BackupRequest request, Cancellation cancellation) {
        return announcements()
                .ofBackup(() -> backups().backup(request, Reports::of, cancellation), clock, cancellation);
    }

    Announcements announcements() {
        Notifier notifier = new Notifier(
                settings.monitors(), new HttpDelivery(MONITOR_PATIENCE), Pause.real()::rest, redactor, listener);
        return new Announcements(notifier, redactor);
    }

    RunCatalog catalog(Cancellation cancellation) {
        restic.version(cancellation);
        return RunCatalog.of(restic.snapshots(TagSet.ofApp(settings.app()), cancellation));
    }

    RestoreOperation restores() {
        return new RestoreOperation(equipment());
    }

    DrillOperation drills() {
        return new DrillOperation(equipment());
    }

    DumpExtraction.Extracted extractDump(
            RunChoice choice, String database, OutputStream output, Cancellation cancellation) {
        RecordedRun run = catalog(cancellation).resolve(choice, clock.instant());
        return new DumpExtraction(restic, settings.app()).write(run, database, output, cancellation);
    }

    PruneOperation prunes() {
        return new PruneOperation(settings, restic, state, listener, clock);
    }

    CheckOperation checks() {
        return new CheckOperation(restic, state, settings.maintenance().checkReadDataSubset(), listener, clock);
    }

    UnlockOperation unlocking() {
        return new UnlockOperation(restic, state, ThisHost.real(), listener, clock);
    }

    StatusOperation status() {
        return new StatusOperation(settings, lookingRestic(), state, clock);
    }

    EvidenceCollector evidence() {
        return new EvidenceCollector(
                settings, adapters, environment, lookingRestic(), state, launcher, redactor, clock);
    }

    HistoryProof proveHistory() {
        return state.history().prove();
    }

    Doctor doctor() {
        return new Doctor(settings, adapters, environment, lookingRestic(), state, launcher, clock);
    }

    Scheduler scheduler() {
        requireDatabases();
        return new ScheduledJobs(this, settings, state, listener).scheduler(clock);
    }

    private Equipment equipment() {
        requireDatabases();
        return new Equipment(settings, adapters, environment, restic, launcher, state, listener, redactor, clock);
    }

    /** A look at things must not make the state folder. */
    private Restic lookingRestic() {
        return Files.isDirectory(state.path()) ? restic : restic.withoutCache();
    }

    /** Who only looks into a repository can do without. */
    private void requireDatabases() {
        if (settings.databases().isEmpty()) {
            throw ConfigurationException.of("databases", "at least one database is needed");
        }
    }
}
