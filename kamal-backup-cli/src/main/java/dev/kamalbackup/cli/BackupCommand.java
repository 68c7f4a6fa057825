package dev.kamalbackup.cli;

import dev.kamalbackup.report.Reports;
import dev.kamalbackup.run.BackupAnswer;
import dev.kamalbackup.run.BackupRequest;
import dev.kamalbackup.run.BackupResult;
import dev.kamalbackup.run.PartOutcome;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Makes a backup. */
@Command(
        name = "backup",
        description = "Back up the databases and files now.",
        footer = {"", "A run that lacks a part is recorded as failed (exit code 1), and never restored as latest."})
final class BackupCommand implements Callable<Integer> {
    private final Session session;

    @Option(names = "--if-due", description = "Only if the last complete backup is older than the schedule.")
    private boolean ifDue;

    @Option(names = "--force", description = "Even if backup.enabled is false.")
    private boolean force;

    @Option(names = "--accept-shrink", description = "Take a dump even if it is less than a third of the last one.")
    private boolean acceptShrink;

    @Option(names = "--dry-run", description = "Show what would be done, and do nothing.")
    private boolean dryRun;

    BackupCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        try (Verbs verbs = session.open()) {
            if (dryRun) {
                new PlanPrinter(session).print(verbs.plan());
                return 0;
            }
            BackupAnswer answer = verbs.backup(new BackupRequest(ifDue, force, acceptShrink, Optional.empty()));
            if (session.json()) {
                session.print(Reports.of(answer, session.surroundings().clock().instant()));
            } else {
                tell(answer);
            }
            return answer instanceof BackupAnswer.Made made ? made.result().exitCode() : 0;
        }
    }

    private void tell(BackupAnswer answer) {
        if (answer instanceof BackupAnswer.NotDue notDue) {
            session.print("not due: the last complete backup ended at " + Text.time(notDue.lastFinishedAt())
                    + ", the next is due at " + Text.time(notDue.nextDueAt()));
            session.print("to back up now: kamal-backup backup");
        } else if (answer instanceof BackupAnswer.Disabled) {
            session.print("backups are disabled (backup.enabled is false)");
            session.print("to back up nevertheless: kamal-backup backup --force");
        } else if (answer instanceof BackupAnswer.Made made) {
            tell(made.result());
        }
    }

    private void tell(BackupResult result) {
        result.parts().forEach(this::tell);
        if (result.complete()) {
            session.print("run " + result.run() + " complete at " + Text.time(result.finishedAt())
                    + (result.warnings().isEmpty()
                            ? ""
                            : ", with " + Text.count(result.warnings().size(), "warning")));
        } else {
            session.say("kamal-backup: run " + result.run() + " is "
                    + (result.interrupted() ? "interrupted" : "incomplete") + "; \"latest\" will never choose it");
        }
    }

    private void tell(PartOutcome part) {
        if (part instanceof PartOutcome.Saved saved) {
            session.print(saved.label() + ": " + Text.shortId(saved.snapshot()) + ", " + Text.bytes(saved.bytes()));
        } else if (part instanceof PartOutcome.Failed failed) {
            session.say("kamal-backup: " + failed.reason());
            if (!failed.hint().isEmpty()) {
                session.say("  next: " + failed.hint());
            }
        } else if (part instanceof PartOutcome.NotTried notTried) {
            session.say("kamal-backup: " + notTried.label() + " was not tried: " + notTried.reason());
        }
    }
}
