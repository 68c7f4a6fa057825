package dev.kamalbackup.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kamalbackup.drill.BlobFindings;
import dev.kamalbackup.drill.CheckOutcome;
import dev.kamalbackup.drill.DatabaseFindings;
import dev.kamalbackup.drill.DrillResult;
import dev.kamalbackup.drill.DrillTask;
import dev.kamalbackup.drill.Outcome;
import dev.kamalbackup.restore.RestoreTask;
import dev.kamalbackup.tag.RunId;
import java.util.Optional;

/** {@code drill_plan} and {@code drill_result}. */
final class DrillDocument {
    private DrillDocument() {}

    static ObjectNode plan(DrillTask task) {
        ObjectNode document = Documents.ofKind("drill_plan")
                .put("scope", task.request().restore().scope().word())
                .put("requested_snapshot", task.request().restore().run().toString());
        putRun(document, Optional.of(task));
        document.put("check", task.request().check().orElse(null))
                .put("every_blob", task.request().everyBlob())
                .put("keep", task.request().keep());
        RestoreDocument.putSurvey(document, task.restore().survey());
        return document;
    }

    static ObjectNode result(DrillResult result) {
        // The predecessor knows two outcomes, under this name.
        ObjectNode document = Documents.ofKind("drill_result")
                .put("status", result.outcome() == Outcome.PASSED ? "ok" : "failed")
                .put("outcome", result.outcome().word());
        Documents.putTexts(document, "reasons", result.reasons());
        document.put("scope", result.request().restore().scope().word())
                .put("requested_snapshot", result.request().restore().run().toString());
        document.put("operator", result.operator())
                .put("started_at", Documents.time(result.startedAt()))
                .put("finished_at", Documents.time(result.finishedAt()));
        document.put("error", result.outcome() == Outcome.PASSED ? null : String.join("; ", result.reasons()));
        putRun(document, result.task());
        result.check().ifPresentOrElse(check -> document.set("check", check(check)), () -> document.putNull("check"));
        ArrayNode databases = document.putArray("verified_databases");
        result.databases().forEach(found -> databases.add(database(found)));
        ArrayNode blobs = document.putArray("verified_blobs");
        result.blobs().forEach(found -> blobs.add(blobs(found)));
        ArrayNode phases = document.putArray("phases");
        result.phases()
                .forEach((phase, took) -> phases.addObject().put("phase", phase).put("milliseconds", took.toMillis()));
        ArrayNode states = document.putArray("targets");
        result.states()
                .forEach((target, state) ->
                        states.addObject().put("target", target).put("state", state));
        Documents.putTexts(document, "warnings", result.warnings());
        return document.put(
                "safety_run", result.safetyRun().map(RunId::toString).orElse(null));
    }

    private static void putRun(ObjectNode document, Optional<DrillTask> task) {
        Optional<RestoreTask> restore = task.map(DrillTask::restore);
        document.put("run_id", restore.map(known -> known.run().id().toString()).orElse(null));
        restore.ifPresentOrElse(known -> RestoreDocument.putTargets(document, known), () -> {
            document.putArray("databases");
            document.putNull("files");
            document.putArray("missing");
        });
    }

    private static ObjectNode check(CheckOutcome check) {
        return Documents.object()
                .put("status", check.passed() ? "ok" : "failed")
                .put("command", check.command())
                .put(check.passed() ? "output" : "error", check.output());
    }

    private static ObjectNode database(DatabaseFindings found) {
        ObjectNode node = Documents.object()
                .put("database", found.database())
                .put("tables", found.tables())
                .put("rows", found.rows())
                .put("compared", found.compared())
                .put("foreign_keys", found.foreignKeys());
        Documents.putTexts(node, "flaws", found.flaws());
        Documents.putTexts(node, "doubts", found.doubts());
        Documents.putTexts(node, "notes", found.notes());
        return node;
    }

    private static ObjectNode blobs(BlobFindings found) {
        ObjectNode node = Documents.object()
                .put("database", found.database())
                .put("listed", found.listed())
                .put("found", found.found())
                .put("hashed", found.hashed());
        Documents.putTexts(node, "flaws", found.flaws());
        Documents.putTexts(node, "doubts", found.doubts());
        Documents.putTexts(node, "notes", found.notes());
        return node;
    }
}
