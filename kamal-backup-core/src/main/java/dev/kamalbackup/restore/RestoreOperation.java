package dev.kamalbackup.restore;

import dev.kamalbackup.catalog.RecordedRun;
import dev.kamalbackup.catalog.RunCatalog;
import dev.kamalbackup.config.DatabaseSettings;
import dev.kamalbackup.error.Fault;
import dev.kamalbackup.error.KamalBackupException;
import dev.kamalbackup.error.RestoreException;
import dev.kamalbackup.process.Cancellation;
import dev.kamalbackup.run.ScratchFolders;
import dev.kamalbackup.state.RunLock;
import dev.kamalbackup.tag.RunId;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Restores a run: plans, asks, keeps what is replaced, replaces it, and records whatever became of it. */
public final class RestoreOperation {
    private final Equipment equipment;

    public RestoreOperation(Equipment equipment) {
        this.equipment = equipment;
    }

    /**
     * What would be restored where; changes nothing.
     *
     * @throws RestoreException if the run is incomplete and that will not do, if it does not fit the settings, or if a
     *     target is one that must not be restored into
     */
    public RestoreTask plan(Supplier<RunCatalog> catalog, RestoreRequest request, Cancellation cancellation) {
        boolean local = request.scope() == RestoreScope.LOCAL;
        if (local) {
            LocalGuard.checkEnvironment(equipment.environment());
        }
        RestoreTask task = choose(catalog, request);
        if (local) {
            task.databases().forEach(database -> LocalGuard.checkTarget(database.location()));
        }
        new TargetGuard(equipment.settings()).check(task.files());
        List<DatabaseSettings> targets = equipment.settings().databases();
        RestoreTask surveyed = task.with(new RestoreSurveyor(equipment).survey(task, targets, cancellation));
        return request.safetyBackup()
                ? surveyed.with(new SafetyBackup(equipment).replacedBy(task, cancellation))
                : surveyed;
    }

    /**
     * Which run is meant, and what of it would go where, without a look at the targets.
     *
     * @throws RestoreException if the run is incomplete and that will not do, or if it does not fit the settings
     */
    public RestoreTask choose(Supplier<RunCatalog> catalog, RestoreRequest request) {
        RecordedRun run = catalog.get().resolve(request.run(), equipment.clock().instant());
        requireItsOwnTarget(run, request);
        return new RestorePlanner(equipment.settings(), equipment.adapters(), run, request).plan();
    }

    /**
     * Restores.
     *
     * @param consent asked when the plan is known and before anything is done
     * @throws RestoreException if it fails, or consent is not given; the message says in which state each target is
     */
    public RestoreResult restore(
            Supplier<RunCatalog> catalog,
            RestoreRequest request,
            Consent<RestoreTask> consent,
            Cancellation cancellation) {
        RestoreProgress progress = new RestoreProgress(equipment.clock(), "plan");
        RestoreRecord record = new RestoreRecord(equipment, request, progress);
        RestoreTask task = planned(catalog, request, record, cancellation);
        if (!consent.isGivenTo(task)) {
            throw new RestoreException(new Fault(
                    "restore run " + task.run().id(),
                    "",
                    "aborted, since it was not agreed to; nothing was changed",
                    ""));
        }
        equipment.state().prepare();
        try (RunLock lock =
                RunLock.acquire(equipment.state(), "restore", equipment.clock(), equipment.listener()::warning)) {
            carryOut(task, progress, record, lock, cancellation);
            return new RestoreResult(
                    task,
                    record.safetyRun(),
                    progress.startedAt(),
                    equipment.clock().instant());
        }
    }

    private RestoreTask planned(
            Supplier<RunCatalog> catalog, RestoreRequest request, RestoreRecord record, Cancellation cancellation) {
        try {
            RestoreTask task = plan(catalog, request, cancellation);
            record.planned(task);
            return task;
        } catch (KamalBackupException failed) {
            record.failedEarly(failed);
            throw failed;
        }
    }

    private void carryOut(
            RestoreTask task, RestoreProgress progress, RestoreRecord record, RunLock lock, Cancellation cancellation) {
        record.begin();
        try {
            perform(task, progress, lock, record::keptIn, cancellation);
        } catch (KamalBackupException failed) {
            Stream.of(failed.getSuppressed())
                    .flatMap(left -> left instanceof KamalBackupException known
                            ? Stream.of(known.fault().full())
                            : Stream.empty())
                    .forEach(equipment.listener()::warning);
            KamalBackupException told = progress.told(failed, record.wayBack());
            record.failed(told);
            throw told;
        }
        record.complete();
    }

    /**
     * Keeps what is replaced, and replaces it.
     *
     * @param lock the run lock, which the caller holds
     * @param kept told of the run that keeps what is replaced, if there was anything to keep
     */
    public void perform(
            RestoreTask task, RestoreProgress progress, RunLock lock, Consumer<RunId> kept, Cancellation cancellation) {
        progress.targets(task);
        // Before anything is kept: what an earlier restore has left aside is part of what is there.
        FilesRestore.recover(equipment.settings().paths(), task.files());
        SafetyBackup safety = new SafetyBackup(equipment);
        RestoreTask recovered = task.request().safetyBackup() ? task.with(safety.afterRecovery(task)) : task;
        if (!recovered.safety().isEmpty()) {
            progress.phase("safety backup");
            kept.accept(safety.make(recovered, lock, cancellation));
        }
        Path scratch =
                equipment.state().scratch().resolve("restore-" + task.run().id());
        ScratchFolders.remove(scratch);
        try (AtTheEnd end = new AtTheEnd()) {
            end.does(() -> ScratchFolders.remove(scratch));
            new RestoreExecution(equipment, task, equipment.settings().databases(), progress)
                    .carryOut(scratch, cancellation);
        }
    }

    /** A safety backup of a development machine must never come into production. */
    private static void requireItsOwnTarget(RecordedRun run, RestoreRequest request) {
        boolean foreign = run.safetyTarget()
                .filter(target -> !target.equals(RestoreScope.PRODUCTION.word()))
                .isPresent();
        if (request.scope() == RestoreScope.PRODUCTION && foreign) {
            throw new RestoreException(new Fault(
                    "restore run " + run.id(),
                    "",
                    "it holds what a restore onto a development machine replaced; nothing was changed",
                    "choose a backup of production: kamal-backup list"));
        }
    }
}
