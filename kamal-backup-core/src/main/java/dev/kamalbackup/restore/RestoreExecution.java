package dev.kamalbackup.restore;

import dev.kamalbackup.config.DatabaseSettings;
import dev.kamalbackup.error.KamalBackupException;
import dev.kamalbackup.error.RestoreException;
import dev.kamalbackup.process.Cancellation;
import dev.kamalbackup.run.ScratchFolders;
import dev.kamalbackup.spi.RestoreOptions;
import dev.kamalbackup.tag.Names;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Carries out a restore. Everything is fetched and proved before the first byte of a target changes, or before the
 * transaction that changes it is committed; then the files are swapped, then the databases loaded.
 */
public final class RestoreExecution {
    private final Equipment equipment;
    private final RestoreTask task;
    private final List<DatabaseSettings> targets;
    private final RestoreProgress progress;

    /**
     * Of a task.
     *
     * @param targets the databases to restore into, by the names that the task has
     */
    public RestoreExecution(
            Equipment equipment, RestoreTask task, List<DatabaseSettings> targets, RestoreProgress progress) {
        this.equipment = equipment;
        this.task = task;
        this.targets = List.copyOf(targets);
        this.progress = progress;
    }

    /**
     * Carries it out; the caller holds the run lock.
     *
     * @param scratch a folder for the fetched dumps
     */
    public void carryOut(Path scratch, Cancellation cancellation) {
        progress.phase("fetch");
        FilesRestore.recover(equipment.settings().paths(), task.files());
        List<FilesRestore> files = task.files().stream()
                .map(target -> new FilesRestore(equipment.restic(), target, kept(target), task))
                .toList();
        FilesRestore.look(equipment.restic(), files, cancellation);
        Map<RestoreTask.DatabaseTarget, DatabaseRestore> databases = new LinkedHashMap<>();
        try (AtTheEnd end = new AtTheEnd()) {
            files.forEach(each -> end.does(each::discard));
            for (RestoreTask.DatabaseTarget target : task.databases()) {
                DatabaseRestore database = database(target, task.request().options(), scratch, cancellation);
                databases.put(target, database);
                end.does(database::close);
            }
            fetch(databases, cancellation);
            for (int i = 0; i < files.size(); i++) {
                String label = "fetch files " + task.files().get(i).source();
                equipment.listener().started(label);
                files.get(i).stage(cancellation);
                equipment.listener().finished(label, "verified");
            }
            cancellation.throwIfCancelled("restore run " + task.run().id(), "");
            begin(databases, cancellation);
            change(files, databases, cancellation);
        }
    }

    /** All but one whose load can begin while it comes in. */
    private void fetch(Map<RestoreTask.DatabaseTarget, DatabaseRestore> databases, Cancellation cancellation) {
        databases.forEach((target, database) -> {
            if (!isBegun(databases, database)) {
                String label = "fetch database " + target.database();
                equipment.listener().started(label);
                database.fetch(cancellation);
                equipment.listener().finished(label, "proven whole");
            }
        });
    }

    private void begin(Map<RestoreTask.DatabaseTarget, DatabaseRestore> databases, Cancellation cancellation) {
        databases.forEach((target, database) -> {
            if (isBegun(databases, database)) {
                String label = "fetch and load database " + target.database();
                equipment.listener().started(label);
                database.begin(cancellation);
                equipment.listener().finished(label, "proven whole, not committed yet");
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
            List<FilesRestore> files,
            Map<RestoreTask.DatabaseTarget, DatabaseRestore> databases,
            Cancellation cancellation) {
        boolean databaseRestored = false;
        try {
            progress.phase("files");
            for (int i = 0; i < files.size(); i++) {
                files.get(i).swap(cancellation);
                equipment
                        .listener()
                        .finished("restore files " + task.files().get(i).target(), "in place");
            }
            progress.phase("databases");
            for (Map.Entry<RestoreTask.DatabaseTarget, DatabaseRestore> database : databases.entrySet()) {
                load(database.getKey(), database.getValue(), cancellation);
                databaseRestored = true;
            }
        } catch (RuntimeException failed) {
            // With none of its databases the files of a run are no use; with one of them, only they belong to it.
            try {
                FilesRestore.forAll(files, databaseRestored ? FilesRestore::finish : FilesRestore::undo);
            } catch (RestoreException stuck) {
                failed.addSuppressed(stuck);
            }
            throw failed;
        } finally {
            for (int i = 0; i < files.size(); i++) {
                progress.is(task.files().get(i), files.get(i).state());
            }
        }
        FilesRestore.forAll(files, FilesRestore::finish);
    }

    private void load(RestoreTask.DatabaseTarget target, DatabaseRestore database, Cancellation cancellation) {
        String label = "restore database " + target.database();
        progress.begun(target);
        equipment.listener().started(label);
        try {
            database.load(cancellation);
        } catch (KamalBackupException failed) {
            if (database.isTransactional()) {
                // It was rolled back as a whole.
                progress.untouched(target);
            }
            throw failed;
        }
        progress.restored(target);
        equipment.listener().finished(label, target.location());
    }

    private DatabaseRestore database(
            RestoreTask.DatabaseTarget target, RestoreOptions options, Path scratch, Cancellation cancellation) {
        DatabaseSettings database = targets.stream()
                .filter(known -> known.name().equals(target.database()))
                .findFirst()
                .orElseThrow();
        Path folder = ScratchFolders.createPrivate(scratch.resolve(Names.sanitize(target.database())));
        return new DatabaseRestore(
                equipment.restic(),
                equipment.launcher(),
                equipment.settings().app(),
                target,
                equipment.adapter(database).planRestore(database, options, equipment.context(folder, cancellation)));
    }

    private KeptContent kept(RestoreTask.FilesTarget target) {
        List<Path> liveFiles = targets.stream()
                .flatMap(database -> equipment.adapter(database).liveFiles(database).stream())
                .toList();
        return new KeptContent(
                target.source(), target.target(), new Excludes(target.snapshot().excludes()), liveFiles);
    }
}
