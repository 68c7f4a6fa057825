package dev.kamalbackup.restore;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kamalbackup.catalog.RecordedRun;
import dev.kamalbackup.catalog.RunCatalog;
import dev.kamalbackup.config.DatabaseSettings;
import dev.kamalbackup.config.Settings;
import dev.kamalbackup.error.Fault;
import dev.kamalbackup.error.KamalBackupException;
import dev.kamalbackup.error.RestoreException;
import dev.kamalbackup.event.BackupListener;
import dev.kamalbackup.process.Cancellation;
import dev.kamalbackup.process.ProcessLauncher;
import dev.kamalbackup.restic.Restic;
import dev.kamalbackup.run.PlanningContext;
import dev.kamalbackup.run.ScratchFolders;
import dev.kamalbackup.spi.Adapters;
import dev.kamalbackup.spi.RestoreOptions;
import dev.kamalbackup.state.RunLock;
import dev.kamalbackup.state.StateFolder;
import dev.kamalbackup.tag.Names;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Restores a run onto this machine. Everything is fetched and proved before the first byte of a target changes, or before
 * the transaction that changes it is committed; then the files are swapped, then the databases loaded.
 */
public final class LocalRestore {
    private final Settings settings;
    private final Adapters adapters;
    private final Map<String, String> environment;
    private final Restic restic;
    private final ProcessLauncher launcher;
    private final StateFolder state;
    private final BackupListener listener;
    private final Clock clock;

    public LocalRestore(
            Settings settings,
            Adapters adapters,
            Map<String, String> environment,
            Restic restic,
            ProcessLauncher launcher,
            StateFolder state,
            BackupListener listener,
            Clock clock) {
        this.settings = settings;
        this.adapters = adapters;
        this.environment = environment;
        this.restic = restic;
        this.launcher = launcher;
        this.state = state;
        this.listener = listener;
        this.clock = clock;
    }

    /**
     * What would be restored where.
     *
     * @throws RestoreException if the run is incomplete and that will not do, if it does not fit the settings, or if a
     *     target looks like production
     */
    public RestoreTask plan(RunCatalog catalog, RestoreRequest request) {
        LocalGuard.checkEnvironment(environment);
        RecordedRun run = catalog.resolve(request.run(), clock.instant());
        RestoreTask task = new RestorePlanner(settings, adapters, run, request).plan();
        task.databases().forEach(database -> LocalGuard.checkTarget(database.location()));
        new TargetGuard(settings).check(task.files());
        return task;
    }

    /**
     * Carries it out.
     *
     * @throws RestoreException if it fails; the message says in which state each target is
     */
    public RestoreResult carryOut(RestoreTask task, String requested, Cancellation cancellation) {
        Instant startedAt = clock.instant();
        state.prepare();
        Path scratch = state.scratch().resolve("restore-" + task.run().id());
        Map<String, String> targets = new LinkedHashMap<>();
        task.files().forEach(files -> targets.put(files.target().toString(), "untouched"));
        task.databases().forEach(database -> targets.put("database " + database.database(), "untouched"));
        try (RunLock lock = RunLock.acquire(state, "restore started at " + startedAt)) {
            ScratchFolders.remove(scratch);
            try {
                restore(task, scratch, targets, cancellation);
            } catch (KamalBackupException failed) {
                record(task, startedAt, targets, failed.fault().reason());
                throw told(failed, targets);
            } finally {
                ScratchFolders.remove(scratch);
            }
            record(task, startedAt, targets, "");
            return new RestoreResult(task, requested, startedAt, clock.instant());
        }
    }

    private void restore(RestoreTask task, Path scratch, Map<String, String> targets, Cancellation cancellation) {
        FilesRestore.recover(settings.paths(), task.files());
        List<FilesRestore> files = task.files().stream()
                .map(target -> new FilesRestore(restic, target, kept(target), task))
                .toList();
        FilesRestore.look(restic, files, cancellation);
        Map<RestoreTask.DatabaseTarget, DatabaseRestore> databases = new LinkedHashMap<>();
        try {
            for (RestoreTask.DatabaseTarget target : task.databases()) {
                databases.put(target, database(target, task.options(), scratch, cancellation));
            }
            fetch(databases, cancellation);
            for (int i = 0; i < files.size(); i++) {
                String label = "fetch files " + task.files().get(i).source();
                listener.started(label);
                files.get(i).stage(cancellation);
                listener.finished(label, "verified");
            }
            cancellation.throwIfCancelled("restore run " + task.run().id(), "");
            begin(databases, cancellation);
            change(task, files, databases, targets, cancellation);
        } finally {
            databases.values().forEach(DatabaseRestore::close);
            files.forEach(FilesRestore::discard);
        }
    }

    /** All but one whose load can begin while it comes in. */
    private void fetch(Map<RestoreTask.DatabaseTarget, DatabaseRestore> databases, Cancellation cancellation) {
        databases.forEach((target, database) -> {
            if (!isBegun(databases, database)) {
                String label = "fetch database " + target.database();
                listener.started(label);
                database.fetch(cancellation);
                listener.finished(label, "proven whole");
            }
        });
    }

    private void begin(Map<RestoreTask.DatabaseTarget, DatabaseRestore> databases, Cancellation cancellation) {
        databases.forEach((target, database) -> {
            if (isBegun(databases, database)) {
                String label = "fetch and load database " + target.database();
                listener.started(label);
                database.begin(cancellation);
                listener.finished(label, "proven whole, not committed yet");
            }
        });
    }

    /** Only the last, and when all the rest is at hand: what it locks it holds until the end. */
    private static boolean isBegun(
            Map<RestoreTask.DatabaseTarget, DatabaseRestore> databases, DatabaseRestore database) {
        return database.isTransactional()
                && database.equals(List.copyOf(databases.values()).get(databases.size() - 1));
    }

    private void change(
            RestoreTask task,
            List<FilesRestore> files,
            Map<RestoreTask.DatabaseTarget, DatabaseRestore> databases,
            Map<String, String> targets,
            Cancellation cancellation) {
        boolean databaseRestored = false;
        try {
            for (int i = 0; i < files.size(); i++) {
                files.get(i).swap(cancellation);
                listener.finished("restore files " + task.files().get(i).target(), "in place");
            }
            for (Map.Entry<RestoreTask.DatabaseTarget, DatabaseRestore> database : databases.entrySet()) {
                load(database.getKey(), database.getValue(), targets, cancellation);
                databaseRestored = true;
            }
        } catch (RuntimeException failed) {
            // With none of its databases the files of a run are no use; with one of them, only they belong to it.
            settle(files, databaseRestored ? FilesRestore::finish : FilesRestore::undo, failed);
            throw failed;
        } finally {
            for (int i = 0; i < files.size(); i++) {
                targets.put(
                        task.files().get(i).target().toString(), files.get(i).state());
            }
        }
        files.forEach(FilesRestore::finish);
    }

    private static void settle(List<FilesRestore> files, Consumer<FilesRestore> end, RuntimeException reason) {
        for (FilesRestore each : files) {
            try {
                end.accept(each);
            } catch (KamalBackupException stuck) {
                reason.addSuppressed(stuck);
            }
        }
    }

    private void load(
            RestoreTask.DatabaseTarget target,
            DatabaseRestore database,
            Map<String, String> targets,
            Cancellation cancellation) {
        String label = "database " + target.database();
        targets.put(label, "begun: run the same command again");
        listener.started("restore " + label);
        database.load(cancellation);
        targets.put(label, "restored");
        listener.finished("restore " + label, target.location());
    }

    private DatabaseRestore database(
            RestoreTask.DatabaseTarget target, RestoreOptions options, Path scratch, Cancellation cancellation) {
        DatabaseSettings database = settings.databases().stream()
                .filter(known -> known.name().equals(target.database()))
                .findFirst()
                .orElseThrow();
        Path folder = ScratchFolders.createPrivate(scratch.resolve(Names.sanitize(target.database())));
        return new DatabaseRestore(
                restic,
                launcher,
                settings.app(),
                target,
                adapters.find(database.adapter())
                        .orElseThrow()
                        .planRestore(
                                database, options, new PlanningContext(environment, folder, launcher, cancellation)));
    }

    private KeptContent kept(RestoreTask.FilesTarget target) {
        List<Path> liveFiles = settings.databases().stream()
                .flatMap(database -> adapters.find(database.adapter()).stream()
                        .flatMap(adapter -> adapter.liveFiles(database).stream()))
                .toList();
        return new KeptContent(
                target.source(), target.target(), new Excludes(target.snapshot().excludes()), liveFiles);
    }

    private void record(RestoreTask task, Instant startedAt, Map<String, String> targets, String failure) {
        ObjectNode record = JsonNodeFactory.instance.objectNode();
        record.put("kind", "restore").put("scope", "local");
        record.put("at", clock.instant().truncatedTo(ChronoUnit.SECONDS).toString());
        record.put("run_id", task.run().id().toString());
        record.put("outcome", failure.isEmpty() ? "complete" : "failed");
        record.put("started_at", startedAt.truncatedTo(ChronoUnit.SECONDS).toString());
        ObjectNode states = record.putObject("targets");
        targets.forEach(states::put);
        if (!failure.isEmpty()) {
            record.put("reason", failure);
        }
        state.history().append(record);
    }

    private static KamalBackupException told(KamalBackupException failed, Map<String, String> targets) {
        String states = targets.entrySet().stream()
                .map(entry -> entry.getKey() + ": " + entry.getValue())
                .collect(Collectors.joining("; "));
        Fault fault = failed.fault();
        return new RestoreException(
                new Fault(fault.operation(), fault.subject(), fault.reason() + " [" + states + "]", fault.hint()),
                failed);
    }
}
