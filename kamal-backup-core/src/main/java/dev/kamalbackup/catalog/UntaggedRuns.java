package dev.kamalbackup.catalog;

import dev.kamalbackup.restic.Snapshot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Groups snapshots without a {@code run:} tag. The predecessor made them one after the other, databases first and files
 * last; so files end a run, and a database that comes again begins the next.
 */
final class UntaggedRuns {
    /** Two snapshots further apart than this are hardly of one run; dumps of large databases take hours. */
    private static final Duration LONGEST_GAP = Duration.ofHours(12);

    private UntaggedRuns() {}

    static List<List<Snapshot>> group(List<Snapshot> sorted) {
        List<List<Snapshot>> groups = new ArrayList<>();
        List<Snapshot> current = new ArrayList<>();
        Set<String> parts = new HashSet<>();
        for (Snapshot snapshot : sorted) {
            if (!current.isEmpty() && (parts.contains(Completion.part(snapshot)) || isFar(current, snapshot))) {
                groups.add(current);
                current = new ArrayList<>();
                parts.clear();
            }
            current.add(snapshot);
            parts.add(Completion.part(snapshot));
            if (Completion.isFiles(snapshot)) {
                groups.add(current);
                current = new ArrayList<>();
                parts.clear();
            }
        }
        if (!current.isEmpty()) {
            groups.add(current);
        }
        return groups;
    }

    private static boolean isFar(List<Snapshot> group, Snapshot next) {
        Snapshot last = group.get(group.size() - 1);
        return Duration.between(last.time(), next.time()).compareTo(LONGEST_GAP) > 0;
    }
}
