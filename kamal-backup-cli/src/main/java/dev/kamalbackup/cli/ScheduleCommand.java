package dev.kamalbackup.cli;

import dev.kamalbackup.KamalBackup;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Runs the scheduler in the foreground. */
@Command(
        name = "schedule",
        description = "Make backups, checks and drills when they are due, until stopped.",
        footer = {
            "",
            "This is what the accessory runs. A restart forces no backup: what is due is told by",
            "the last complete run. What fails is tried again after 1, 2, 4, 8 and 16 minutes."
        })
final class ScheduleCommand implements Callable<Integer> {
    private final Session session;

    ScheduleCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        try (Verbs verbs = session.open()) {
            session.progress().logAs("kamal-backup " + KamalBackup.version() + ": schedule started");
            verbs.schedule();
            session.progress().finished("schedule", "stopped");
            return 0;
        }
    }
}
