package dev.kamalbackup.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kamalbackup.run.BackupAnswer;
import dev.kamalbackup.run.BackupResult;
import dev.kamalbackup.run.PartOutcome;
import dev.kamalbackup.run.RowsJson;
import java.time.Instant;

/** {@code backup_result}: the predecessor's fields, and what became of each part. */
final class BackupDocument {
    private static final String DATABASE = "database ";

    private BackupDocument() {}

    static ObjectNode of(BackupAnswer answer, Instant now) {
        if (answer instanceof BackupAnswer.Made made) {
            return made(made.result());
        }
        ObjectNode document = Documents.ofKind("backup_result").put("status", "skipped");
        if (answer instanceof BackupAnswer.NotDue notDue) {
            document.put("reason", "not_due")
                    .put("last_backup_at", Documents.time(notDue.lastFinishedAt()))
                    .put("next_backup_at", Documents.time(notDue.nextDueAt()))
                    .put("force_command", "kamal-backup backup");
        } else {
            document.put("reason", "disabled")
                    .putNull("last_backup_at")
                    .putNull("next_backup_at")
                    .put("force_command", "kamal-backup backup --force");
        }
        return document.put("finished_at", Documents.time(now));
    }

    static ObjectNode made(BackupResult result) {
        ObjectNode document = Documents.ofKind("backup_result")
                .put("status", status(result))
                .put("run_id", result.run().toString())
                .put("app", result.app())
                .put("started_at", Documents.time(result.startedAt()))
                .put("finished_at", Documents.time(result.finishedAt()));
        ArrayNode databases = document.putArray("databases");
        document.putNull("files");
        ArrayNode parts = document.putArray("parts");
        for (PartOutcome part : result.parts()) {
            parts.add(part(part));
            if (part instanceof PartOutcome.Saved saved) {
                addSnapshot(saved, databases, document);
            }
        }
        Documents.putTexts(document, "warnings", result.warnings());
        return document;
    }

    /** A complete run is ok whatever came too late to stop it. */
    private static String status(BackupResult result) {
        if (result.complete()) {
            return "ok";
        }
        return result.interrupted() ? "interrupted" : "failed";
    }

    private static void addSnapshot(PartOutcome.Saved saved, ArrayNode databases, ObjectNode document) {
        if (saved.label().startsWith(DATABASE)) {
            ObjectNode database = databases
                    .addObject()
                    .put("snapshot", saved.snapshot())
                    .put("database", saved.label().substring(DATABASE.length()))
                    .put("adapter", saved.adapter());
            saved.rows()
                    .ifPresentOrElse(rows -> database.set("rows", RowsJson.of(rows)), () -> database.putNull("rows"));
        } else {
            document.putObject("files").put("snapshot", saved.snapshot());
        }
    }

    private static ObjectNode part(PartOutcome part) {
        ObjectNode node = Documents.object().put("part", part.label());
        if (part instanceof PartOutcome.Saved saved) {
            node.put("outcome", "saved").put("snapshot", saved.snapshot()).put("bytes", saved.bytes());
            if (!saved.sha256().isEmpty()) {
                node.put("sha256", saved.sha256());
            }
            Documents.putTexts(node, "warnings", saved.warnings());
        } else if (part instanceof PartOutcome.Failed failed) {
            node.put("outcome", "failed").put("reason", failed.reason()).put("hint", failed.hint());
        } else if (part instanceof PartOutcome.NotTried notTried) {
            node.put("outcome", "not_tried").put("reason", notTried.reason());
        }
        return node;
    }
}
