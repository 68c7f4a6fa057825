package dev.kamalbackup.run;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kamalbackup.catalog.RecordedRun;
import dev.kamalbackup.catalog.RunCatalog;
import dev.kamalbackup.error.RepositoryException;
import dev.kamalbackup.process.Cancellation;
import dev.kamalbackup.restic.Restic;
import dev.kamalbackup.restic.Snapshot;
import dev.kamalbackup.state.StateFolder;
import dev.kamalbackup.tag.RunId;
import dev.kamalbackup.tag.TagSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How large the dumps of the last complete run were: by the history, or by the repository where the history is new. */
final class LastDumps {
    private final StateFolder state;
    private final Restic restic;
    private final String app;

    LastDumps(StateFolder state, Restic restic, String app) {
        this.state = state;
        this.restic = restic;
        this.app = app;
    }

    /** By the labels of their parts. */
    Map<String, ShrinkGuard.Before> all(Cancellation cancellation) {
        Map<String, ShrinkGuard.Before> recorded = byHistory();
        return recorded.isEmpty() ? byRepository(cancellation) : recorded;
    }

    private Map<String, ShrinkGuard.Before> byHistory() {
        Map<String, ShrinkGuard.Before> dumps = new HashMap<>();
        for (JsonNode entry : state.history().entries()) {
            if (entry.path("kind").asText().equals("backup")
                    && entry.path("outcome").asText().equals("complete")) {
                RunId.parse(entry.path("run_id").asText())
                        .ifPresent(run -> entry.path("parts").forEach(part -> note(run, part, dumps)));
            }
        }
        return dumps;
    }

    private static void note(RunId run, JsonNode part, Map<String, ShrinkGuard.Before> dumps) {
        // Only dumps have a hash: files may come and go as they like.
        if (part.has("sha256")) {
            dumps.put(
                    part.path("part").asText(),
                    new ShrinkGuard.Before(run, part.path("bytes").asLong()));
        }
    }

    private Map<String, ShrinkGuard.Before> byRepository(Cancellation cancellation) {
        Map<String, ShrinkGuard.Before> dumps = new HashMap<>();
        RunCatalog.of(snapshots(cancellation))
                .newestComplete()
                .ifPresent(run -> run.databases().forEach(dump -> note(run, dump, dumps)));
        return dumps;
    }

    private static void note(RecordedRun run, Snapshot dump, Map<String, ShrinkGuard.Before> dumps) {
        dump.tags()
                .value("database")
                .filter(database -> dump.bytes().isPresent())
                .ifPresent(database -> dumps.put(
                        "database " + database,
                        new ShrinkGuard.Before(run.id(), dump.bytes().getAsLong())));
    }

    private List<Snapshot> snapshots(Cancellation cancellation) {
        try {
            return restic.snapshots(TagSet.ofApp(app), cancellation);
        } catch (RepositoryException failure) {
            if (failure.kind() == RepositoryException.Kind.MISSING) {
                return List.of();
            }
            throw failure;
        }
    }
}
