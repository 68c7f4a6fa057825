package dev.kamalbackup.cli;

import dev.kamalbackup.catalog.RecordedRun;
import dev.kamalbackup.report.Reports;
import dev.kamalbackup.restic.Snapshot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;

/** Lists the runs in the repository. */
@Command(name = "list", description = "List the runs in the repository, newest first.")
final class ListCommand implements Callable<Integer> {
    private final Session session;

    ListCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        try (Verbs verbs = session.openRepository()) {
            List<RecordedRun> runs = verbs.list();
            Instant now = session.surroundings().clock().instant();
            if (session.json()) {
                session.print(Reports.of(runs, now));
            } else if (runs.isEmpty()) {
                session.print("the repository has no backup of this app yet; make one with: kamal-backup backup");
            } else {
                table(runs, now);
            }
            return 0;
        }
    }

    private void table(List<RecordedRun> runs, Instant now) {
        List<String[]> rows = new ArrayList<>();
        rows.add(new String[] {"RUN", "AGE", "SIZE", "STATE", "PARTS"});
        runs.forEach(run -> rows.add(
                new String[] {run.id().toString(), Text.age(run.id().time(), now), size(run), state(run), parts(run)}));
        int[] widths = new int[5];
        rows.forEach(row -> {
            for (int i = 0; i < row.length; i++) {
                widths[i] = Math.max(widths[i], row[i].length());
            }
        });
        rows.forEach(row -> {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < row.length; i++) {
                line.append(row[i]).append(" ".repeat(widths[i] - row[i].length() + 2));
            }
            session.print(line.toString().stripTrailing());
        });
    }

    private static String parts(RecordedRun run) {
        return run.snapshots().stream()
                .map(snapshot ->
                        snapshot.tags().value("database").orElseGet(() -> kind(snapshot)) + "=" + snapshot.shortId())
                .collect(Collectors.joining(" "));
    }

    private static String kind(Snapshot snapshot) {
        return snapshot.tags().value("type").orElse("?");
    }

    private static String size(RecordedRun run) {
        boolean known =
                run.snapshots().stream().allMatch(snapshot -> snapshot.bytes().isPresent());
        return known
                ? Text.bytes(run.snapshots().stream()
                        .mapToLong(snapshot -> snapshot.bytes().orElse(0))
                        .sum())
                : "?";
    }

    static String state(RecordedRun run) {
        return (run.completeness().isWhole() ? "complete" : "incomplete")
                + (run.completeness().isInferred() ? " (inferred)" : "")
                + run.safetyOf()
                        .map(restored -> ", what the restore of " + restored + " replaced")
                        .orElse("");
    }
}
