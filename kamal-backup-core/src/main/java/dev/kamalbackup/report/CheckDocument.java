package dev.kamalbackup.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kamalbackup.upkeep.CheckResult;

/** {@code check_result}: the predecessor's fields, and how much was read. */
final class CheckDocument {
    private CheckDocument() {}

    static ObjectNode of(CheckResult result) {
        ObjectNode document = Documents.ofKind("check_result")
                .put("status", result.ok() ? "ok" : "failed")
                .put("started_at", Documents.time(result.startedAt()))
                .put("finished_at", Documents.time(result.finishedAt()))
                .put("subset", result.subset());
        result.failure()
                .ifPresentOrElse(
                        failure -> document.put("error", failure.reason()).put("hint", failure.hint()),
                        () -> document.put("output", result.output()));
        return document;
    }
}
