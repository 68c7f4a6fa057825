package dev.kamalbackup.cli;

import dev.kamalbackup.report.Reports;
import dev.kamalbackup.retention.PrunePlan;
import dev.kamalbackup.retention.PruneResult;
import dev.kamalbackup.retention.Verdict;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Removes the runs that retention does not keep. */
@Command(
        name = "prune",
        description = "Remove the runs that retention does not keep.",
        footer = {"", "A good backup does the same, unless restic.forget_after_backup is false."})
final class PruneCommand implements Callable<Integer> {
    private final Session session;

    @Option(names = "--dry-run", description = "Show why each run stays or goes, and remove nothing.")
    private boolean dryRun;

    PruneCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        try (Verbs verbs = session.openRepository()) {
            if (dryRun) {
                show(verbs.planPrune());
            } else {
                show(verbs.prune());
            }
            return 0;
        }
    }

    private void show(PrunePlan plan) {
        if (session.json()) {
            session.print(Reports.of(plan));
            return;
        }
        tell(plan.verdicts());
        session.print(Text.count(plan.kept().size(), "run") + " would stay, "
                + plan.removed().size() + " would go");
        if (!plan.allowed()) {
            session.print("but restic.forget_after_backup is false: nothing is ever removed");
        }
    }

    private void show(PruneResult result) {
        if (session.json()) {
            session.print(Reports.of(result));
            return;
        }
        tell(result.plan().removed());
        session.print(Text.count(result.plan().removed().size(), "run") + " removed, "
                + result.plan().kept().size() + " kept");
    }

    private void tell(List<Verdict> verdicts) {
        for (Verdict verdict : verdicts) {
            String run = verdict.run().id() + "  ";
            session.print(
                    verdict.stays()
                            ? "keep  " + run + String.join(", ", verdict.reasons())
                            : "drop  " + run + (verdict.run().completeness().isWhole() ? "" : "incomplete, ")
                                    + "kept by no rule");
        }
    }
}
