package dev.kamalbackup.catalog;

import dev.kamalbackup.catalog.RecordedRun.Completeness;
import dev.kamalbackup.restic.Snapshot;
import dev.kamalbackup.tag.RunId;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** Judges whether a group of snapshots is a whole run. */
final class Completion {
    private final boolean appHasFiles;

    private Completion(boolean appHasFiles) {
        this.appHasFiles = appHasFiles;
    }

    /** The predecessor promised nothing, but an app that ever had a files snapshot has one in every whole run. */
    static Completion learn(List<Snapshot> all) {
        return new Completion(all.stream().anyMatch(Completion::isFiles));
    }

    RecordedRun judge(RunId id, List<Snapshot> group) {
        Map<String, Snapshot> parts = new LinkedHashMap<>();
        // Of two snapshots of one part the later stands, unless it is an empty dump.
        group.forEach(snapshot ->
                parts.merge(part(snapshot), snapshot, (first, later) -> isEmptyDump(later) ? first : later));
        List<Snapshot> snapshots = parts.values().stream()
                .sorted(Comparator.comparing(Completion::isFiles))
                .toList();
        return new RecordedRun(id, snapshots, completeness(snapshots));
    }

    private Completeness completeness(List<Snapshot> parts) {
        boolean noEmptyDump = parts.stream().noneMatch(Completion::isEmptyDump);
        OptionalInt promised = parts.stream()
                .flatMapToInt(snapshot -> snapshot.tags().parts().stream())
                .max();
        if (promised.isPresent()) {
            return noEmptyDump && parts.size() == promised.getAsInt() ? Completeness.COMPLETE : Completeness.INCOMPLETE;
        }
        boolean database = parts.stream().anyMatch(snapshot -> !isFiles(snapshot));
        boolean files = parts.stream().anyMatch(Completion::isFiles);
        return noEmptyDump && database && (files || !appHasFiles)
                ? Completeness.COMPLETE_INFERRED
                : Completeness.INCOMPLETE_INFERRED;
    }

    static boolean isFiles(Snapshot snapshot) {
        return snapshot.tags().value("type").filter("files"::equals).isPresent();
    }

    /** What makes two snapshots the same part of a run: the database, or the files. */
    static String part(Snapshot snapshot) {
        if (isFiles(snapshot)) {
            return "files";
        }
        return "database " + snapshot.tags().value("database").orElse("") + " "
                + snapshot.tags().value("adapter").orElse("");
    }

    /** A failed dump of the predecessor: restic took its end of file for success. */
    private static boolean isEmptyDump(Snapshot snapshot) {
        return !isFiles(snapshot)
                && snapshot.bytes().isPresent()
                && snapshot.bytes().getAsLong() == 0;
    }
}
