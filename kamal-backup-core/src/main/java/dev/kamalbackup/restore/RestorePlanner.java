package dev.kamalbackup.restore;

import dev.kamalbackup.catalog.RecordedRun;
import dev.kamalbackup.config.DatabaseSettings;
import dev.kamalbackup.config.Settings;
import dev.kamalbackup.error.Fault;
import dev.kamalbackup.error.RestoreException;
import dev.kamalbackup.restic.Snapshot;
import dev.kamalbackup.spi.Adapters;
import dev.kamalbackup.spi.DatabaseAdapter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Decides what of a run goes where; changes nothing and asks nobody. */
final class RestorePlanner {
    private final Settings settings;
    private final Adapters adapters;
    private final RecordedRun run;
    private final RestoreRequest request;
    private final List<String> missing = new ArrayList<>();

    RestorePlanner(Settings settings, Adapters adapters, RecordedRun run, RestoreRequest request) {
        this.settings = settings;
        this.adapters = adapters;
        this.run = run;
        this.request = request;
    }

    RestoreTask plan() {
        if (!run.completeness().isWhole() && !request.incomplete()) {
            throw failure(
                    "it is not complete, it has only: " + contents(),
                    "restore another run, or what this one has: --incomplete");
        }
        List<RestoreTask.DatabaseTarget> databases = databases();
        List<RestoreTask.FilesTarget> files = files();
        if (databases.isEmpty() && files.isEmpty()) {
            throw failure("nothing that is wanted is in it", "it has: " + contents());
        }
        return new RestoreTask(request, run, databases, files, missing);
    }

    private List<RestoreTask.DatabaseTarget> databases() {
        List<String> known =
                settings.databases().stream().map(DatabaseSettings::name).toList();
        request.parts().databases().stream()
                .filter(name -> !known.contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw failure(
                            "no database " + name + " is configured", "the databases are: " + String.join(", ", known));
                });
        List<RestoreTask.DatabaseTarget> targets = new ArrayList<>();
        for (DatabaseSettings database : settings.databases()) {
            if (request.parts().wants(database.name()) && !isNotInSafety(database)) {
                DatabaseAdapter adapter = adapter(database);
                String id = adapter.description().id();
                found(snapshotOf(database, id), "a dump of the database " + database.name() + " (" + id + ")")
                        .map(snapshot -> new RestoreTask.DatabaseTarget(
                                database.name(), id, snapshot, adapter.location(database)))
                        .ifPresent(targets::add);
            }
        }
        return targets;
    }

    private List<RestoreTask.FilesTarget> files() {
        if (run.safetyOf().isPresent() && run.files().isEmpty()) {
            // What was empty before needs no way back, and nothing is kept of it.
            return List.of();
        }
        if (settings.paths().isEmpty() || !request.parts().wantsFiles()) {
            if (request.parts().paths().isEmpty()) {
                return List.of();
            }
            throw failure("no paths are configured", "leave out --path");
        }
        FilesPlanner planner = new FilesPlanner(settings, this::failure);
        return found(run.files(), "a files snapshot, and paths are configured")
                .map(snapshot -> planner.plan(
                        snapshot, run.safetyOf().isPresent(), request.parts().paths()))
                .orElse(List.of());
    }

    /** A safety backup holds only what its restore replaced. */
    private boolean isNotInSafety(DatabaseSettings database) {
        return run.safetyOf().isPresent()
                && request.parts().everyDatabase()
                && snapshotOf(database, adapter(database).description().id()).isEmpty();
    }

    /** A whole run that lacks something was made with other settings; an incomplete one lacks what failed. */
    private Optional<Snapshot> found(Optional<Snapshot> snapshot, String what) {
        if (snapshot.isEmpty()) {
            if (run.completeness().isWhole()) {
                throw failure("it has no " + what.substring(what.indexOf(' ') + 1), "it has: " + contents());
            }
            missing.add(what);
        }
        return snapshot;
    }

    /** Dumps of the predecessor's first era name no database: they belong to the only one of their adapter. */
    private Optional<Snapshot> snapshotOf(DatabaseSettings database, String adapter) {
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

    private String contents() {
        return run.snapshots().stream()
                .map(snapshot -> snapshot.tags()
                        .value("database")
                        .map(name -> "database " + name)
                        .orElse(snapshot.tags().value("type").orElse("?")))
                .collect(Collectors.joining(", "));
    }

    private RestoreException failure(String reason, String hint) {
        return new RestoreException(new Fault("restore run " + run.id(), "", reason + "; nothing was changed", hint));
    }
}
