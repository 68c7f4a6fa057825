package dev.kamalbackup.cli;

import dev.kamalbackup.drill.BlobFindings;
import dev.kamalbackup.drill.DatabaseFindings;
import dev.kamalbackup.drill.DrillRequest;
import dev.kamalbackup.drill.DrillResult;
import dev.kamalbackup.drill.DrillTask;
import dev.kamalbackup.drill.Outcome;
import dev.kamalbackup.report.Reports;
import dev.kamalbackup.restore.RestoreScope;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What a person is told before, and after, a drill. */
final class DrillDialogue {
    private final Session session;

    DrillDialogue(Session session) {
        this.session = session;
    }

    /** Shows the plan as a result. */
    void showDry(DrillTask task) {
        if (session.json()) {
            session.print(Reports.of(task));
            return;
        }
        show(task, session::print);
        session.print("nothing was done (--dry-run)");
    }

    /** Shows the plan, asks, drills, and tells what came of it; the exit code. */
    int drill(Verbs verbs, DrillRequest request, Predicate<DrillTask> question) {
        DrillResult result = verbs.drill(request, task -> {
            show(task, session::say);
            return question.test(task);
        });
        if (session.json()) {
            session.print(Reports.of(result));
        } else {
            tell(result);
        }
        return result.exitCode();
    }

    private void show(DrillTask task, Consumer<String> output) {
        new RestoreDialogue(session).show(task.restore(), output);
        if (task.request().restore().scope() == RestoreScope.PRODUCTION) {
            output.accept(
                    task.request().keep()
                            ? "  all of these are scratch places, and are left as they are afterwards (--keep)"
                            : "  all of these are scratch places, and are removed afterwards");
        } else {
            RestoreDialogue.showSafety(task.restore(), output);
        }
        task.request().check().ifPresent(check -> output.accept("  checked with: " + session.redact(check)));
    }

    private void tell(DrillResult result) {
        result.databases().forEach(this::tell);
        result.blobs().forEach(this::tell);
        result.check()
                .filter(check -> check.passed())
                .ifPresent(check -> session.print(
                        "check: passed" + (check.output().isEmpty() ? "" : ": " + session.redact(check.output()))));
        result.reasons().forEach(reason -> session.say("kamal-backup: " + reason));
        session.print("drill of run "
                + result.task()
                        .map(task -> task.restore().run().id().toString())
                        .orElse(result.request().restore().run().toString())
                + ": " + result.outcome().word() + " in "
                + Text.duration(java.time.Duration.between(result.startedAt(), result.finishedAt())) + " ("
                + result.phases().entrySet().stream()
                        .map(phase -> phase.getKey() + " " + Text.seconds(phase.getValue()))
                        .collect(Collectors.joining(", "))
                + ")");
        if (result.outcome() == Outcome.INCONCLUSIVE) {
            session.print("it was restored, and too little could be looked at to say that it is good");
        }
        result.safetyRun().ifPresent(run -> session.print("to undo: kamal-backup restore local " + run));
    }

    private void tell(DatabaseFindings found) {
        session.print("database " + found.database() + ": " + Text.count(found.rows(), "row") + " in "
                + Text.count(found.tables(), "table")
                + switch (found.compared()) {
                    case "exact" ->
                        found.flaws().isEmpty()
                                ? ", as many as when it was backed up"
                                : ", compared with those when it was backed up";
                    case "approximate" -> ", compared with about as many when it was backed up";
                    default -> "";
                }
                + ", " + Text.count(found.foreignKeys(), "foreign key") + " followed"
                + (found.flaws().isEmpty() ? "" : ": NOT GOOD"));
        found.notes().forEach(note -> session.print("  " + note));
    }

    private void tell(BlobFindings found) {
        session.print(
                "files of Active Storage: " + found.found() + " of " + found.listed() + " blobs found, the content of "
                        + found.hashed() + " compared" + (found.flaws().isEmpty() ? "" : ": NOT GOOD"));
        found.notes().forEach(note -> session.print("  " + note));
    }
}
