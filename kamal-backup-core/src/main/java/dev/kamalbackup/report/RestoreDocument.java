package dev.kamalbackup.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kamalbackup.config.BackupPath;
import dev.kamalbackup.config.DatabaseSettings;
import dev.kamalbackup.restic.Snapshot;
import dev.kamalbackup.restore.DumpExtraction;
import dev.kamalbackup.restore.RestoreResult;
import dev.kamalbackup.restore.RestoreSurvey;
import dev.kamalbackup.restore.RestoreTask;
import dev.kamalbackup.tag.RunId;
import java.util.List;

/** {@code restore_plan} and {@code restore_result}: what goes where. */
final class RestoreDocument {
    private RestoreDocument() {}

    static ObjectNode plan(RestoreTask task) {
        ObjectNode document = Documents.ofKind("restore_plan")
                .put("scope", task.request().scope().word());
        putRun(document, task);
        document.put("completeness", RunsDocument.completeness(task.run()));
        document.put("whole", task.run().completeness().isWhole());
        putTargets(document, task);
        ObjectNode safety = document.putObject("safety_backup");
        Documents.putTexts(
                safety,
                "databases",
                task.safety().databases().stream().map(DatabaseSettings::name).toList());
        Documents.putTexts(
                safety,
                "paths",
                task.safety().paths().stream().map(BackupPath::path).toList());
        putSurvey(document, task.survey());
        return document;
    }

    static void putSurvey(ObjectNode document, RestoreSurvey survey) {
        Documents.putBytes(document, survey.bytes());
        ArrayNode room = document.putArray("room");
        survey.room()
                .forEach(one -> room.addObject()
                        .put("folder", one.folder().toString())
                        .put("needed", one.needed())
                        .put("free", one.free()));
        Documents.putTexts(document, "tools", survey.tools());
        survey.estimate()
                .ifPresentOrElse(
                        estimate -> document.put("estimated_seconds", estimate.toSeconds()),
                        () -> document.putNull("estimated_seconds"));
    }

    static ObjectNode result(RestoreResult result) {
        ObjectNode document = Documents.ofKind("restore_result")
                .put("status", "ok")
                .put("scope", result.task().request().scope().word());
        putRun(document, result.task());
        document.put("started_at", Documents.time(result.startedAt()))
                .put("finished_at", Documents.time(result.finishedAt()))
                .putNull("error");
        putTargets(document, result.task());
        document.put("safety_run", result.safetyRun().map(RunId::toString).orElse(null));
        return document;
    }

    private static void putRun(ObjectNode document, RestoreTask task) {
        document.put("requested_snapshot", task.request().run().toString())
                .put("run_id", task.run().id().toString());
    }

    static ObjectNode extracted(DumpExtraction.Extracted dump, String output) {
        return Documents.ofKind("dump")
                .put("run_id", dump.run().id().toString())
                .put("snapshot", dump.snapshot().id())
                .put("database", dump.database())
                .put("adapter", dump.snapshot().tags().value("adapter").orElse(null))
                .put("filename", dump.path())
                .put("output", output)
                .put("bytes", dump.bytes())
                .put("sha256", dump.sha256());
    }

    static void putTargets(ObjectNode document, RestoreTask task) {
        ArrayNode databases = document.putArray("databases");
        task.databases().forEach(database -> databases.add(database(database)));
        if (task.files().isEmpty()) {
            document.putNull("files");
        } else {
            document.set("files", files(task.files(), task.inPlace()));
        }
        Documents.putTexts(document, "missing", task.missing());
    }

    private static ObjectNode database(RestoreTask.DatabaseTarget target) {
        Snapshot snapshot = target.snapshot();
        ObjectNode node = Documents.object()
                .put("snapshot", snapshot.id())
                .put("database", target.database())
                .put("adapter", target.adapter());
        // A dump is the only thing in its snapshot.
        node.put("filename", snapshot.paths().size() == 1 ? snapshot.paths().get(0) : null);
        Documents.putBytes(node, snapshot.bytes());
        return node.put("target", target.location());
    }

    /** One snapshot holds all paths of a run. */
    private static ObjectNode files(List<RestoreTask.FilesTarget> targets, boolean inPlace) {
        Snapshot snapshot = targets.get(0).snapshot();
        ObjectNode node = Documents.object().put("snapshot", snapshot.id());
        Documents.putBytes(node, snapshot.bytes());
        Documents.putTexts(
                node,
                "source_paths",
                targets.stream().map(RestoreTask.FilesTarget::source).toList());
        Documents.putTexts(
                node,
                "target_paths",
                targets.stream().map(RestoreTask.FilesTarget::target).toList());
        return node.put("in_place", inPlace);
    }
}
