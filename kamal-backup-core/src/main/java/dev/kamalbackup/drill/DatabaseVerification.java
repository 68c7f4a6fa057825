package dev.kamalbackup.drill;

import dev.kamalbackup.plan.Inspection;
import dev.kamalbackup.plan.TableRows;
import dev.kamalbackup.process.Cancellation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/** Looks at a restored database: whether its rows are those of the backup, and whether its foreign keys hold. */
final class DatabaseVerification {
    private static final int MOST_NAMED = 10;

    private final Inspector inspector;

    DatabaseVerification(Inspector inspector) {
        this.inspector = inspector;
    }

    /**
     * Looks at it.
     *
     * @param recorded the rows that were counted when the run was made; empty if no record is at hand
     */
    DatabaseFindings verify(
            String database, Inspection inspection, Optional<TableRows> recorded, Cancellation cancellation) {
        TableRows actual = inspector.rows(inspection, true, cancellation);
        SortedMap<String, Long> dangling = inspector.danglingRows(inspection, cancellation);
        List<String> flaws = new ArrayList<>();
        List<String> doubts = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        recorded.ifPresentOrElse(
                expected -> compare(database, expected, actual, flaws, notes),
                () -> notes.add("database " + database
                        + ": the record of the backup is not on this machine, so its rows were not compared"));
        dangling.forEach((key, rows) -> {
            if (rows > 0) {
                flaws.add("database " + database + ": " + rows + " rows of " + key + " point nowhere");
            }
        });
        long rows = actual.tables().values().stream().mapToLong(Long::longValue).sum();
        if (rows == 0 && recorded.isEmpty()) {
            doubts.add("database " + database + " has no rows, and nothing tells whether it should have any");
        }
        return new DatabaseFindings(
                database,
                actual.tables().size(),
                rows,
                recorded.map(expected -> expected.exact() ? "exact" : "approximate")
                        .orElse("none"),
                dangling.size(),
                shortened(flaws),
                doubts,
                shortened(notes));
    }

    private static void compare(
            String database, TableRows expected, TableRows actual, List<String> flaws, List<String> notes) {
        for (Map.Entry<String, Long> table : expected.tables().entrySet()) {
            Long restored = actual.tables().get(table.getKey());
            String subject = "database " + database + ": table " + table.getKey();
            if (restored == null) {
                flaws.add(subject + " is missing");
            } else if (!restored.equals(table.getValue())) {
                String difference = subject + " has " + restored + " rows, and had " + table.getValue();
                if (expected.exact()) {
                    flaws.add(difference);
                } else {
                    notes.add(difference + " or so when the backup was made");
                }
            }
        }
    }

    private static List<String> shortened(List<String> all) {
        if (all.size() <= MOST_NAMED) {
            return all;
        }
        List<String> some = new ArrayList<>(all.subList(0, MOST_NAMED));
        some.add("… and " + (all.size() - MOST_NAMED) + " more");
        return some;
    }
}
