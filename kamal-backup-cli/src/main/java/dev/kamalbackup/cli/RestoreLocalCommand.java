package dev.kamalbackup.cli;

import dev.kamalbackup.error.Fault;
import dev.kamalbackup.error.RestoreException;
import dev.kamalbackup.report.Reports;
import dev.kamalbackup.restore.RestoreRequest;
import dev.kamalbackup.restore.RestoreResult;
import dev.kamalbackup.restore.RestoreTask;
import dev.kamalbackup.spi.RestoreOptions;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Restores a run onto this machine. */
@Command(
        name = "local",
        description = "Restore a run into this machine's databases and files.",
        footer = {"", "Whatever looks like production is refused."})
final class RestoreLocalCommand implements Callable<Integer> {
    private final Session session;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Mixin
    private final RunSelection selection = new RunSelection();

    @Option(
            names = {"-y", "--yes"},
            description = "Do not ask.")
    private boolean yes;

    @Option(names = "--dry-run", description = "Show what would be done, and do nothing.")
    private boolean dryRun;

    @Option(
            names = "--terminate-connections",
            description = "End other sessions that use the databases to restore into (PostgreSQL).")
    private boolean terminateConnections;

    RestoreLocalCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        RestoreRequest request = selection.request(new RestoreOptions(terminateConnections));
        String requested = request.run().toString();
        try (Verbs verbs = session.open()) {
            RestoreTask task = verbs.planRestore(request);
            if (dryRun) {
                showDry(task, requested);
                return 0;
            }
            // Before a restore the plan belongs to the question, and is no result.
            show(task, session::say);
            confirm(task);
            RestoreResult result = verbs.restore(task, requested);
            if (session.json()) {
                session.print(Reports.of(result));
            } else {
                session.print("run " + task.run().id() + " restored at " + Text.time(result.finishedAt()));
            }
            return 0;
        }
    }

    private void showDry(RestoreTask task, String requested) {
        if (session.json()) {
            session.print(Reports.of(task, requested));
            return;
        }
        show(task, session::print);
        session.print("nothing was done (--dry-run)");
    }

    private void show(RestoreTask task, Consumer<String> output) {
        String age =
                Text.age(task.run().id().time(), session.surroundings().clock().instant());
        output.accept("run " + task.run().id() + ", " + age + " old, " + ListCommand.state(task.run()));
        task.databases()
                .forEach(database -> output.accept("  database " + database.database() + " (snapshot "
                        + database.snapshot().shortId() + ", "
                        + Text.bytes(database.snapshot().bytes()) + ") replaces everything in "
                        + session.redact(database.location())));
        task.files()
                .forEach(files -> output.accept("  files " + files.source() + " (snapshot "
                        + files.snapshot().shortId() + ") "
                        + where(task, files) + files.target()));
        task.missing().forEach(what -> output.accept("  the run does not have " + what + ": left alone"));
        task.files().stream()
                .findFirst()
                .ifPresent(files -> output.accept("  all files of the snapshot: "
                        + Text.bytes(files.snapshot().bytes())));
    }

    private static String where(RestoreTask task, RestoreTask.FilesTarget files) {
        if (!Files.exists(files.target(), LinkOption.NOFOLLOW_LINKS)) {
            return "go to the new ";
        }
        return task.inPlace() ? "change what differs, in place, in " : "replace what is in ";
    }

    private void confirm(RestoreTask task) {
        if (yes) {
            return;
        }
        if (!session.surroundings().terminal()) {
            throw misuse("confirmation required; rerun with --yes");
        }
        String answer = session.ask("Replace them? [y/N] ");
        if (!Set.of("y", "Y", "yes").contains(answer)) {
            throw new RestoreException(
                    new Fault("restore run " + task.run().id(), "", "aborted", "nothing was changed"));
        }
    }

    private CommandLine.ParameterException misuse(String reason) {
        return new CommandLine.ParameterException(spec.commandLine(), reason);
    }
}
