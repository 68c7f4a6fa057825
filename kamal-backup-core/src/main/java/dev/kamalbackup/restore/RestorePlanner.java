package dev.kamalbackup.restore;

import dev.kamalbackup.catalog.RecordedRun;
import dev.kamalbackup.config.BackupPath;
import dev.kamalbackup.config.DatabaseSettings;
import dev.kamalbackup.config.Settings;
import dev.kamalbackup.error.Fault;
import dev.kamalbackup.error.RestoreException;
import dev.kamalbackup.restic.Snapshot;
import dev.kamalbackup.spi.Adapters;
import dev.kamalbackup.spi.DatabaseAdapter;
import dev.kamalbackup.spi.RestoreOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Decides what of a run goes where; changes nothing and asks nobody. */
final class RestorePlanner {
    private final Settings settings;
    private final Adapters adapters;

    RestorePlanner(Settings settings, Adapters adapters) {
        this.settings = settings;
        this.adapters = adapters;
    }

    RestoreTask plan(RecordedRun run, RestoreOptions options) {
        List<RestoreTask.DatabaseTarget> databases = new ArrayList<>();
        for (DatabaseSettings database : settings.databases()) {
            DatabaseAdapter adapter = adapter(database);
            String id = adapter.description().id();
            Snapshot snapshot = snapshotOf(run, database, id)
                    .orElseThrow(() -> failure(
                            run,
                            "it has no dump of the database " + database.name() + " (" + id + ")",
                            "it has: " + contents(run)));
            databases.add(new RestoreTask.DatabaseTarget(database.name(), id, snapshot, adapter.location(database)));
        }
        return new RestoreTask(run, databases, files(run), options);
    }

    private List<RestoreTask.FilesTarget> files(RecordedRun run) {
        if (settings.paths().isEmpty()) {
            return List.of();
        }
        Snapshot snapshot = run.files()
                .orElseThrow(() ->
                        failure(run, "it has no files snapshot, and paths are configured", "it has: " + contents(run)));
        List<Path> targets = settings.paths().stream().map(BackupPath::path).toList();
        List<Path> sources = settings.restoreFrom().isEmpty() ? targets : settings.restoreFrom();
        if (sources.size() != targets.size()) {
            throw failure(
                    run,
                    "restore_from names " + sources.size() + " paths and paths names " + targets.size(),
                    "give one source for each path, in the same order");
        }
        List<RestoreTask.FilesTarget> files = new ArrayList<>();
        for (int i = 0; i < targets.size(); i++) {
            Path source = sources.get(i).toAbsolutePath().normalize();
            if (!snapshot.paths().contains(source.toString())) {
                throw failure(
                        run,
                        "its files snapshot does not hold " + source + " but " + String.join(", ", snapshot.paths()),
                        "set restore_from to the paths the files were backed up from, one for each of paths");
            }
            files.add(new RestoreTask.FilesTarget(snapshot, source, targets.get(i)));
        }
        return files;
    }

    /** Dumps of the predecessor's first era name no database: they belong to the only one of their adapter. */
    private Optional<Snapshot> snapshotOf(RecordedRun run, DatabaseSettings database, String adapter) {
        List<Snapshot> sameAdapter = run.databases().stream()
                .filter(snapshot ->
                        snapshot.tags().value("adapter").filter(adapter::equals).isPresent())
                .toList();
        return sameAdapter.stream()
                .filter(snapshot -> snapshot.tags()
                        .value("database")
                        .map(database.name()::equals)
                        .orElse(sameAdapter.size() == 1))
                .findFirst();
    }

    private DatabaseAdapter adapter(DatabaseSettings database) {
        return adapters.find(database.adapter())
                .orElseThrow(() -> new RestoreException(new Fault(
                        "restore database " + database.name(), "", adapters.unknown(database.adapter()), "")));
    }

    private static String contents(RecordedRun run) {
        return run.snapshots().stream()
                .map(snapshot -> snapshot.tags()
                        .value("database")
                        .map(name -> "database " + name)
                        .orElse(snapshot.tags().value("type").orElse("?")))
                .collect(java.util.stream.Collectors.joining(", "));
    }

    private static RestoreException failure(RecordedRun run, String reason, String hint) {
        return new RestoreException(new Fault("restore run " + run.id(), "", reason + "; nothing was changed", hint));
    }
}
