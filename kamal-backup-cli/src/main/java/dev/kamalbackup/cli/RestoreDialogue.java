package dev.kamalbackup.cli;

import dev.kamalbackup.report.Reports;
import dev.kamalbackup.restore.Consent;
import dev.kamalbackup.restore.RestoreRequest;
import dev.kamalbackup.restore.RestoreResult;
import dev.kamalbackup.restore.RestoreTask;
import dev.kamalbackup.restore.Room;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** What a person is told before, and after, a restore. */
final class RestoreDialogue {
    private final Session session;

    RestoreDialogue(Session session) {
        this.session = session;
    }

    /** Shows the plan as a result. */
    void showDry(RestoreTask task) {
        if (session.json()) {
            session.print(Reports.of(task));
            return;
        }
        show(task, session::print);
        showSafety(task, session::print);
        session.print("nothing was done (--dry-run)");
    }

    /** Shows the plan, asks, restores, and says how it can be undone. */
    void restore(Verbs verbs, RestoreRequest request, Consent<RestoreTask> question) {
        RestoreResult result = verbs.restore(request, task -> {
            // Before a restore the plan belongs to the question, and is no result.
            show(task, session::say);
            showSafety(task, session::say);
            return question.isGivenTo(task);
        });
        if (session.json()) {
            session.print(Reports.of(result));
            return;
        }
        session.print("run " + result.task().run().id() + " restored at " + Text.time(result.finishedAt()));
        result.safetyRun()
                .ifPresent(run -> session.print(
                        "to undo: kamal-backup restore " + request.scope().word() + " " + run));
    }

    /** The plan of a restore, save what is backed up first. */
    void show(RestoreTask task, Consumer<String> output) {
        String age =
                Text.age(task.run().id().time(), session.surroundings().clock().instant());
        output.accept("run " + task.run().id() + ", " + age + " old, " + ListCommand.state(task.run()));
        task.databases()
                .forEach(database -> output.accept("  database " + database.database() + " (snapshot "
                        + database.snapshot().shortId() + ", "
                        + Text.bytes(database.snapshot().bytes()) + ") replaces everything in "
                        + session.redact(database.location())));
        task.files().forEach(files -> output.accept("  " + files(task, files)));
        task.missing().forEach(what -> output.accept("  the run does not have " + what + ": left alone"));
        task.files().stream()
                .findFirst()
                .ifPresent(files -> output.accept("  all files of the snapshot: "
                        + Text.bytes(files.snapshot().bytes())));
        output.accept("  to fetch: " + Text.bytes(task.survey().bytes())
                + task.survey()
                        .estimate()
                        .map(took -> ", about " + Text.duration(took) + " at the pace of the last time")
                        .orElse(""));
        task.survey().room().forEach(room -> output.accept("  " + room(room)));
        output.accept("  with " + session.redact(String.join("; ", task.survey().tools())));
    }

    private static String files(RestoreTask task, RestoreTask.FilesTarget files) {
        String where = Files.exists(files.target(), LinkOption.NOFOLLOW_LINKS)
                ? task.inPlace() ? "change, in their place, what differs in " : "replace what is in "
                : "go to the new ";
        return "files " + files.source() + " (snapshot " + files.snapshot().shortId() + ") " + where + files.target();
    }

    /** What is backed up first. */
    static void showSafety(RestoreTask task, Consumer<String> output) {
        if (!task.request().safetyBackup()) {
            output.accept("  what is replaced is NOT backed up first (--no-safety-backup)");
        } else if (!task.safety().isEmpty()) {
            String what = java.util.stream.Stream.concat(
                            task.safety().databases().stream().map(database -> "database " + database.name()),
                            task.safety().paths().stream()
                                    .map(path -> path.path().toString()))
                    .collect(Collectors.joining(", "));
            output.accept("  backed up first: " + what);
        }
    }

    private static String room(Room room) {
        return "room: " + Text.bytes(room.needed()) + " at most, of " + Text.bytes(room.free()) + " free at "
                + room.folder();
    }
}
