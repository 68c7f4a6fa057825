package dev.kamalbackup.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kamalbackup.status.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** {@code status}: how the backups of an app stand. */
final class StatusDocument {
    private StatusDocument() {}

    static ObjectNode of(Status status) {
        ObjectNode document = Documents.ofKind("status")
                .put("status", status.ok() ? "ok" : "overdue")
                .put("app", status.app())
                .put("at", Documents.time(status.at()))
                .put("enabled", status.enabled())
                .put("schedule", status.schedule());
        status.lastGood()
                .ifPresentOrElse(
                        run -> document.putObject("last_complete_run")
                                .put("run_id", run.run().toString())
                                .put("finished_at", Documents.time(run.finishedAt()))
                                .put(
                                        "age_seconds",
                                        Duration.between(run.finishedAt(), status.at())
                                                .toSeconds()),
                        () -> document.putNull("last_complete_run"));
        putTime(document, "next_due_at", status.due());
        document.put("under_way", status.underWay().orElse(null));
        putEvent(document, "last_failure", status.lastFailure());
        putEvent(document, "last_check", status.lastCheck());
        putEvent(document, "last_drill", status.lastDrill());
        putRepository(document, status.repository());
        return document;
    }

    private static void putTime(ObjectNode document, String name, Optional<Instant> time) {
        document.put(name, time.map(Documents::time).orElse(null));
    }

    private static void putEvent(ObjectNode document, String name, Optional<Status.Event> event) {
        event.ifPresentOrElse(
                known -> document.putObject(name)
                        .put("kind", known.kind())
                        .put("at", Documents.time(known.at()))
                        .put("outcome", known.outcome())
                        .put("reason", known.reason()),
                () -> document.putNull(name));
    }

    private static void putRepository(ObjectNode document, Status.Contents contents) {
        if (contents instanceof Status.Contents.Known known) {
            ObjectNode repository = document.putObject("repository").put("runs", known.runs());
            if (known.size() instanceof Status.Size.Counted counted) {
                repository.put("bytes", counted.bytes());
            } else if (known.size() instanceof Status.Size.Unknown unknown) {
                repository.putNull("bytes").put("error", unknown.reason());
            }
            repository.put("added_in_30_days", known.addedLately());
        } else if (contents instanceof Status.Contents.Unknown unknown) {
            document.putObject("repository").put("error", unknown.reason()).put("hint", unknown.hint());
        } else {
            document.putNull("repository");
        }
    }
}
