package dev.kamalbackup.cli;

import dev.kamalbackup.KamalBackup;
import dev.kamalbackup.error.ConfigurationException;
import dev.kamalbackup.report.Reports;
import dev.kamalbackup.restore.RestoreRequest;
import dev.kamalbackup.restore.RestoreResult;
import dev.kamalbackup.restore.RestoreTask;
import java.nio.file.Files;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Restores a run onto this machine. */
@Command(
        name = "local",
        description = "Restore a run into this machine's databases and files.",
        footer = {"", "Whatever looks like production is refused."})
final class RestoreLocalCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(
            paramLabel = "RUN",
            arity = "0..1",
            defaultValue = "latest",
            description = "latest, a run id, or the id of a snapshot (default: ${DEFAULT-VALUE}).")
    private String run = "latest";

    @Option(
            names = {"-y", "--yes"},
            description = "Do not ask.")
    private boolean yes;

    @Option(names = "--dry-run", description = "Show what would be done, and do nothing.")
    private boolean dryRun;

    @Option(names = "--json", description = "Print a JSON document.")
    private boolean json;

    RestoreLocalCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        try (KamalBackup backup = session.open()) {
            RestoreTask task = backup.planRestore(new RestoreRequest(run));
            if (dryRun && json) {
                session.print(Reports.of(task, run));
                return 0;
            }
            show(task);
            if (dryRun) {
                session.say("nothing was done (--dry-run)");
                return 0;
            }
            confirm();
            RestoreResult result = backup.restore(task, run);
            if (json) {
                session.print(Reports.of(result));
            } else {
                session.print("run " + task.run().id() + " restored at " + Text.time(result.finishedAt()));
            }
            return 0;
        }
    }

    /** The plan comes before the question, and is no result: it goes to standard error. */
    private void show(RestoreTask task) {
        session.say("run " + task.run().id() + ", "
                + Text.age(
                        task.run().id().time(), session.surroundings().clock().instant()) + " old, "
                + ListCommand.state(task.run()));
        task.databases()
                .forEach(database -> session.say("  database " + database.database() + " (snapshot "
                        + database.snapshot().shortId() + ") replaces " + database.location()));
        task.files()
                .forEach(files -> session.say("  files " + files.source() + " (snapshot "
                        + files.snapshot().shortId() + ") "
                        + (Files.exists(files.target()) ? "replace what is in " : "go to ") + files.target()));
    }

    private void confirm() {
        if (yes) {
            return;
        }
        if (!session.surroundings().terminal()) {
            throw ConfigurationException.of("", "confirmation required; rerun with --yes");
        }
        if (!session.ask("Replace them? [y/N] ").equalsIgnoreCase("y")) {
            throw ConfigurationException.of("", "aborted; nothing was changed");
        }
    }
}
