package dev.kamalbackup.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kamalbackup.catalog.RecordedRun;
import dev.kamalbackup.restic.Snapshot;
import dev.kamalbackup.tag.RunId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** {@code runs}: what is in the repository. */
final class RunsDocument {
    private RunsDocument() {}

    static ObjectNode of(List<RecordedRun> runs, Instant now) {
        ObjectNode document = Documents.ofKind("runs").put("generated_at", Documents.time(now));
        ArrayNode array = document.putArray("runs");
        runs.forEach(run -> array.add(run(run, now)));
        return document;
    }

    static String completeness(RecordedRun run) {
        return run.completeness().name().toLowerCase(Locale.ROOT);
    }

    private static ObjectNode run(RecordedRun run, Instant now) {
        ObjectNode node = Documents.object()
                .put("run_id", run.id().toString())
                .put("time", Documents.time(run.id().time()))
                .put("age_seconds", Duration.between(run.id().time(), now).toSeconds())
                .put("completeness", completeness(run))
                .put("whole", run.completeness().isWhole())
                .put("safety_of", run.safetyOf().map(RunId::toString).orElse(null));
        ArrayNode databases = node.putArray("databases");
        run.databases().forEach(snapshot -> databases.add(database(snapshot)));
        run.files().ifPresentOrElse(files -> node.set("files", files(files)), () -> node.putNull("files"));
        return node;
    }

    private static ObjectNode database(Snapshot snapshot) {
        ObjectNode node = snapshot(snapshot);
        // The predecessor's first versions had one database and did not say its name.
        node.put("database", snapshot.tags().value("database").orElse(null));
        return node.put("adapter", snapshot.tags().value("adapter").orElse(null));
    }

    private static ObjectNode files(Snapshot snapshot) {
        ObjectNode node = snapshot(snapshot);
        Documents.putTexts(node, "paths", snapshot.paths());
        return node;
    }

    private static ObjectNode snapshot(Snapshot snapshot) {
        ObjectNode node =
                Documents.object().put("snapshot", snapshot.id()).put("time", Documents.time(snapshot.time()));
        Documents.putBytes(node, snapshot.bytes());
        return node;
    }
}
