package dev.kamalbackup.run;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kamalbackup.error.CancelledException;
import dev.kamalbackup.error.KamalBackupException;
import dev.kamalbackup.state.History;
import java.time.Instant;

/** The line a run leaves in the history, whatever became of it. */
final class BackupRecord {
    private BackupRecord() {}

    static ObjectNode of(BackupResult result) {
        ObjectNode record = JsonNodeFactory.instance.objectNode();
        record.put("kind", "backup");
        record.put("at", History.time(result.finishedAt()));
        record.put("run_id", result.run().toString());
        record.put("outcome", result.interrupted() ? "interrupted" : result.complete() ? "complete" : "failed");
        record.put("started_at", History.time(result.startedAt()));
        ArrayNode parts = record.putArray("parts");
        result.parts().forEach(part -> parts.add(part(part)));
        result.warnings().forEach(record.withArray("warnings")::add);
        return record;
    }

    /** For what failed before a run began. */
    static ObjectNode failed(KamalBackupException failure, Instant startedAt, Instant at) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("kind", "backup")
                .put("at", History.time(at))
                .put("outcome", failure instanceof CancelledException ? "interrupted" : "failed")
                .put("started_at", History.time(startedAt))
                .put("reason", failure.fault().summary());
    }

    private static ObjectNode part(PartOutcome part) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("part", part.label());
        if (part instanceof PartOutcome.Saved saved) {
            node.put("outcome", "saved").put("snapshot", saved.snapshot()).put("bytes", saved.bytes());
            if (!saved.sha256().isEmpty()) {
                node.put("sha256", saved.sha256());
            }
            saved.rows().ifPresent(rows -> node.set("rows", RowsJson.of(rows)));
        } else if (part instanceof PartOutcome.Failed failed) {
            node.put("outcome", "failed").put("reason", failed.reason());
        } else if (part instanceof PartOutcome.NotTried notTried) {
            node.put("outcome", "not_tried").put("reason", notTried.reason());
        }
        return node;
    }
}
