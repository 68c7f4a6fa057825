package dev.kamalbackup.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kamalbackup.config.Settings;
import dev.kamalbackup.error.StateException;
import dev.kamalbackup.event.BackupListener;
import dev.kamalbackup.plan.RunPlan;
import dev.kamalbackup.process.Cancellation;
import dev.kamalbackup.process.ProcessLauncher;
import dev.kamalbackup.restic.Restic;
import dev.kamalbackup.restic.ResticVersion;
import dev.kamalbackup.state.Journal;
import dev.kamalbackup.state.RunLock;
import dev.kamalbackup.state.StateFolder;
import dev.kamalbackup.tag.RunId;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** A whole backup: one at a time, after clearing up behind a dead one, journalled while it runs and recorded at its end. */
public final class BackupOperation {
    private final Settings settings;
    private final RunPlanner planner;
    private final Restic restic;
    private final StateFolder state;
    private final ProcessLauncher launcher;
    private final BackupListener listener;
    private final Clock clock;

    public BackupOperation(
            Settings settings,
            RunPlanner planner,
            Restic restic,
            StateFolder state,
            ProcessLauncher launcher,
            BackupListener listener,
            Clock clock) {
        this.settings = settings;
        this.planner = planner;
        this.restic = restic;
        this.state = state;
        this.launcher = launcher;
        this.listener = listener;
        this.clock = clock;
    }

    /** What a run started now would do; changes nothing. */
    public RunPlan plan(Cancellation cancellation) {
        return plan(new RunId(clock.instant()), RunContent.all(settings), restic.version(cancellation), cancellation);
    }

    /**
     * Makes a backup if the request and the settings want one.
     *
     * @param document turns a result into its record
     */
    public BackupAnswer backup(
            BackupRequest request, Function<BackupResult, ObjectNode> document, Cancellation cancellation) {
        if (!settings.backup().enabled() && !request.evenIfDisabled()) {
            return new BackupAnswer.Disabled();
        }
        Optional<BackupAnswer> notDue = request.onlyIfDue() ? notDue() : Optional.empty();
        if (notDue.isPresent()) {
            return notDue.get();
        }
        ResticVersion version = restic.version(cancellation);
        state.prepare();
        try (RunLock lock = RunLock.acquire(state, "backup started at " + clock.instant())) {
            new Recovery(state, restic, listener, clock).clearUp(cancellation);
            RunPlan plan = plan(freeId(lock), RunContent.all(settings), version, cancellation);
            BackupResult result = journalled(plan, cancellation);
            return new BackupAnswer.Made(
                    record(result, BackupRecord.of(result), made -> state.writeLastBackup(document.apply(made))));
        }
    }

    /**
     * Backs up what a restore is about to replace. Failed parts are in the result, not thrown.
     *
     * @param lock the run lock, which the restore holds
     */
    public BackupResult safetyBackup(RunContent content, RunLock lock, Cancellation cancellation) {
        ResticVersion version = restic.version(cancellation);
        new Recovery(state, restic, listener, clock).clearUp(cancellation);
        RunPlan plan = plan(freeId(lock), content, version, cancellation);
        BackupResult result = journalled(plan, cancellation);
        ObjectNode line = BackupRecord.of(result).put("kind", "safety_backup");
        content.safety()
                .ifPresent(before -> line.put("restored_run", before.restored().toString()));
        // What is due counts from the backups that were asked for, not from this one.
        return record(result, line, made -> {});
    }

    private BackupResult journalled(RunPlan plan, Cancellation cancellation) {
        Journal journal = state.journal();
        Journal.Entry entry = new Journal.Entry(
                plan.id(), plan.app(), clock.instant(), plan.parts().size(), List.of());
        journal.begin(entry);
        ScratchFolders.createPrivate(plan.scratch());
        try {
            return new BackupRun(restic, launcher, settings.backup(), listener, clock)
                    .carryOut(plan, saved -> journal.addSaved(saved.snapshot()), cancellation);
        } finally {
            ScratchFolders.remove(plan.scratch());
        }
    }

    /** The snapshots exist: if only the record cannot be written, the backup was made and that is a warning. */
    private BackupResult record(BackupResult result, ObjectNode line, Consumer<BackupResult> ofComplete) {
        try {
            state.history().append(line);
            if (result.complete()) {
                ofComplete.accept(result);
            }
            state.journal().clear();
            return result;
        } catch (StateException unwritten) {
            String warning = unwritten.fault().full();
            listener.warning(warning);
            List<String> warnings = new ArrayList<>(result.warnings());
            warnings.add(warning);
            return result.withWarnings(warnings);
        }
    }

    private RunPlan plan(RunId id, RunContent content, ResticVersion version, Cancellation cancellation) {
        Path scratch = state.scratch().resolve(id.toString());
        return planner.plan(id, content, version, scratch, cancellation);
    }

    /** Two runs within one second would share an id. */
    private RunId freeId(RunLock lock) {
        RunId now = new RunId(clock.instant());
        RunId id = lock.lastRun().filter(now::equals).isPresent()
                ? new RunId(now.time().plusSeconds(1))
                : now;
        lock.useFor(id);
        return id;
    }

    private Optional<BackupAnswer> notDue() {
        return state.lastBackupFinishedAt().flatMap(last -> {
            Instant due = last.plus(settings.backup().schedule());
            // A record from the future is the work of a clock that was wrong; it must not stop backups for ever.
            boolean current = clock.instant().isBefore(due) && !last.isAfter(clock.instant());
            return current ? Optional.of(new BackupAnswer.NotDue(last, due)) : Optional.empty();
        });
    }
}
