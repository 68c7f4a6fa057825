package dev.kamalbackup.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kamalbackup.restic.Snapshot;
import dev.kamalbackup.retention.PrunePlan;
import dev.kamalbackup.retention.PruneResult;
import dev.kamalbackup.retention.Verdict;

/** {@code prune_plan} and {@code prune_result}: what becomes of each run, and why. */
final class PruneDocument {
    private PruneDocument() {}

    static ObjectNode plan(PrunePlan plan) {
        ObjectNode document = Documents.ofKind("prune_plan");
        putRuns(document, plan);
        return document;
    }

    static ObjectNode result(PruneResult result) {
        ObjectNode document = Documents.ofKind("prune_result")
                .put("status", "ok")
                .put("started_at", Documents.time(result.startedAt()))
                .put("finished_at", Documents.time(result.finishedAt()));
        putRuns(document, result.plan());
        return document;
    }

    private static void putRuns(ObjectNode document, PrunePlan plan) {
        document.put("app", plan.app())
                .put("forget_after_backup", plan.allowed())
                .put("kept", plan.kept().size())
                .put("removed", plan.removed().size());
        ArrayNode runs = document.putArray("runs");
        for (Verdict verdict : plan.verdicts()) {
            ObjectNode run = runs.addObject()
                    .put("run_id", verdict.run().id().toString())
                    .put("completeness", RunsDocument.completeness(verdict.run()))
                    .put("keep", verdict.stays());
            Documents.putTexts(run, "reasons", verdict.reasons());
            Documents.putTexts(
                    run,
                    "snapshots",
                    verdict.run().snapshots().stream().map(Snapshot::id).toList());
        }
    }
}
