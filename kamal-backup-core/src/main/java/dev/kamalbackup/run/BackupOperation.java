package dev.kamalbackup.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kamalbackup.config.Settings;
import dev.kamalbackup.error.KamalBackupException;
import dev.kamalbackup.error.RepositoryException;
import dev.kamalbackup.error.StateException;
import dev.kamalbackup.event.BackupListener;
import dev.kamalbackup.plan.RunPlan;
import dev.kamalbackup.process.Cancellation;
import dev.kamalbackup.process.ProcessLauncher;
import dev.kamalbackup.restic.Restic;
import dev.kamalbackup.restic.ResticVersion;
import dev.kamalbackup.state.History;
import dev.kamalbackup.state.Journal;
import dev.kamalbackup.state.RunLock;
import dev.kamalbackup.state.StateFolder;
import dev.kamalbackup.tag.RunId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/** A whole backup: one at a time, after clearing up behind a dead one, journalled while it runs and recorded at its end. */
public final class BackupOperation {
    private static final String SAFETY = "safety_backup";

    private final Settings settings;
    private final RunPlanner planner;
    private final Restic restic;
    private final StateFolder state;
    private final ProcessLauncher launcher;
    private final BackupListener listener;
    private final Clock clock;
    private final DeadLocks deadLocks;
    private final AfterRun afterRun;

    /** What follows a complete run, under the same lock. */
    @FunctionalInterface
    public interface AfterRun {
        /** Nothing follows. */
        AfterRun NOTHING = (lock, cancellation) -> List.of();

        /** Does it; what goes wrong does not make the run a bad one, and is told as warnings. */
        List<String> follow(RunLock lock, Cancellation cancellation);
    }

    public BackupOperation(
            Settings settings,
            RunPlanner planner,
            Restic restic,
            StateFolder state,
            ProcessLauncher launcher,
            BackupListener listener,
            Clock clock,
            DeadLocks deadLocks,
            AfterRun afterRun) {
        this.settings = settings;
        this.planner = planner;
        this.restic = restic;
        this.state = state;
        this.launcher = launcher;
        this.listener = listener;
        this.clock = clock;
        this.deadLocks = deadLocks;
        this.afterRun = afterRun;
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
        Optional<BackupAnswer> notDue = notDue(request);
        if (notDue.isPresent()) {
            return notDue.get();
        }
        if (!Files.isDirectory(state.path())) {
            // A missing restic is told before anything is touched; later it is recorded as well.
            restic.version(cancellation);
        }
        state.prepare();
        try (RunLock lock = RunLock.acquire(state, "backup", clock, listener::warning)) {
            // Somebody may have made one meanwhile.
            return notDue(request).orElseGet(() -> recordingFailure(() -> make(request, document, lock, cancellation)));
        }
    }

    private BackupAnswer make(
            BackupRequest request,
            Function<BackupResult, ObjectNode> document,
            RunLock lock,
            Cancellation cancellation) {
        ResticVersion version = restic.version(cancellation);
        clearUp(lock, cancellation);
        ShrinkGuard guard = request.acceptShrink()
                ? ShrinkGuard.open()
                : ShrinkGuard.comparing(new LastDumps(state, restic, settings.app())::all);
        RunPlan plan = plan(freeId(lock), RunContent.all(settings), version, cancellation);
        BackupResult made = journalled("backup", plan, guard, lock, cancellation);
        ObjectNode line = BackupRecord.of(made);
        request.scheduledFor().ifPresent(time -> line.put(History.SCHEDULED_FOR, time.toString()));
        BackupResult result = record(made, line, complete -> {
            ObjectNode last = document.apply(complete);
            request.scheduledFor().ifPresent(time -> last.put(History.SCHEDULED_FOR, time.toString()));
            state.writeLastBackup(last);
        });
        return new BackupAnswer.Made(result.complete() ? result.withMore(afterRun.follow(lock, cancellation)) : result);
    }

    /** What fails before there is a run leaves a line in the history as well. */
    private BackupAnswer recordingFailure(Supplier<BackupAnswer> work) {
        Instant startedAt = clock.instant();
        try {
            state.journal().begin(new Journal.Work("backup", startedAt, Map.of()));
            return work.get();
        } catch (KamalBackupException failed) {
            try {
                state.history().append(BackupRecord.failed(failed, startedAt, clock.instant()));
                state.journal().endWork();
            } catch (StateException unrecorded) {
                failed.addSuppressed(unrecorded);
            }
            throw failed;
        }
    }

    /**
     * Backs up what a restore is about to replace. Failed parts are in the result, not thrown.
     *
     * @param lock the run lock, which the restore holds
     */
    public BackupResult safetyBackup(RunContent content, RunLock lock, Cancellation cancellation) {
        ResticVersion version = restic.version(cancellation);
        clearUp(lock, cancellation);
        RunPlan plan = plan(freeId(lock), content, version, cancellation);
        BackupResult result = journalled(SAFETY, plan, ShrinkGuard.open(), lock, cancellation);
        ObjectNode line = BackupRecord.of(result).put("kind", SAFETY);
        content.safety()
                .ifPresent(before -> line.put("restored_run", before.restored().toString()));
        // What is due counts from the backups that were asked for, not from this one.
        return record(result, line, made -> {});
    }

    private void clearUp(RunLock lock, Cancellation cancellation) {
        Recovery recovery = new Recovery(state, restic, listener, clock);
        try {
            recovery.clearUp(cancellation);
        } catch (RepositoryException failed) {
            if (failed.kind() != RepositoryException.Kind.LOCKED || !deadLocks.remove(lock, cancellation)) {
                throw failed;
            }
            recovery.clearUp(cancellation);
        }
    }

    private BackupResult journalled(
            String kind, RunPlan plan, ShrinkGuard guard, RunLock lock, Cancellation cancellation) {
        Journal journal = state.journal();
        Journal.Entry entry = new Journal.Entry(
                kind, plan.id(), plan.app(), clock.instant(), plan.parts().size(), List.of());
        journal.begin(entry);
        ScratchFolders.createPrivate(plan.scratch());
        try {
            return new BackupRun(
                            restic,
                            launcher,
                            settings.backup(),
                            guard,
                            () -> deadLocks.remove(lock, cancellation),
                            listener,
                            clock)
                    .carryOut(plan, saved -> journal.addSaved(saved.snapshot()), cancellation);
        } finally {
            ScratchFolders.remove(plan.scratch());
        }
    }

    /** The snapshots exist: if only the record cannot be written, the backup was made and that is a warning. */
    private BackupResult record(BackupResult result, ObjectNode line, Consumer<BackupResult> ofComplete) {
        List<String> unwritten = new ArrayList<>();
        write(() -> state.history().append(line), unwritten);
        if (result.complete()) {
            write(() -> ofComplete.accept(result), unwritten);
        }
        // An incomplete run that is recorded nowhere keeps its journal, so that the next start records it. That of a
        // complete one would make the next start forget good snapshots; to remove it takes no room on a full disk.
        if (unwritten.isEmpty() || result.complete()) {
            write(state.journal()::clear, unwritten);
        }
        return unwritten.isEmpty() ? result : result.withMore(unwritten);
    }

    private void write(Runnable record, List<String> unwritten) {
        try {
            record.run();
        } catch (StateException failed) {
            String warning = failed.fault().full();
            listener.warning(warning);
            unwritten.add(warning);
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

    private Optional<BackupAnswer> notDue(BackupRequest request) {
        Instant now = clock.instant();
        return state.lastBackup().filter(last -> request.onlyIfDue()).flatMap(last -> {
            Instant due = settings.backup().schedule().due(Optional.of(last.kept()), now);
            return due.isAfter(now) ? Optional.of(new BackupAnswer.NotDue(last.finishedAt(), due)) : Optional.empty();
        });
    }
}
