package dev.kamalbackup.cli;

import dev.kamalbackup.report.Reports;
import dev.kamalbackup.upkeep.LockFinding;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows locks and removes those of the dead. */
@Command(
        name = "unlock",
        description = "Show who holds locks in the repository, and remove those whose holders are proved dead.")
final class UnlockCommand implements Callable<Integer> {
    private final Session session;

    @Option(names = "--all", description = "Remove every lock, even of a restic that is at work: only when none is.")
    private boolean all;

    UnlockCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        try (Verbs verbs = session.openRepository()) {
            List<LockFinding> locks = verbs.unlock(all);
            Instant now = session.surroundings().clock().instant();
            if (session.json()) {
                session.print(Reports.ofLocks(locks, now));
            } else {
                tell(locks, now);
            }
            return locks.stream().allMatch(LockFinding::removed) ? 0 : 1;
        }
    }

    private void tell(List<LockFinding> locks, Instant now) {
        if (locks.isEmpty()) {
            session.print("the repository is not locked");
        }
        for (LockFinding finding : locks) {
            session.print((finding.removed() ? "removed: " : "left: ")
                    + finding.lock().describe(now) + ": " + finding.verdict().meaning());
        }
        if (locks.stream().anyMatch(finding -> !finding.removed())) {
            session.say("  next: wait until their holders have ended; if you know that none of them lives:"
                    + " kamal-backup unlock --all");
        }
    }
}
