package dev.kamalbackup.catalog;

import dev.kamalbackup.restic.Snapshot;
import dev.kamalbackup.tag.RunId;
import java.util.List;
import java.util.Optional;

/**
 * A run as it is found in the repository.
 *
 * @param id its id; for runs that carry no {@code run:} tag, made from the time of their first snapshot
 * @param snapshots its snapshots, databases first, each database once
 * @param completeness whether it is whole, and how that is known
 */
public record RecordedRun(RunId id, List<Snapshot> snapshots, Completeness completeness) {
    /** Whether a run is whole, and how that is known. */
    public enum Completeness {
        /** As many snapshots as its {@code parts:N} tags promise. */
        COMPLETE(true),
        /** Written by the predecessor, which promised nothing; everything speaks for it being whole. */
        COMPLETE_INFERRED(true),
        /** Fewer snapshots than promised, or an empty dump. */
        INCOMPLETE(false),
        /** Written by the predecessor, and something is missing. */
        INCOMPLETE_INFERRED(false);

        private final boolean whole;

        Completeness(boolean whole) {
            this.whole = whole;
        }

        /** Whether the run may be restored as {@code latest}. */
        public boolean isWhole() {
            return whole;
        }

        /** Whether this is a conclusion rather than something the run's tags say. */
        public boolean isInferred() {
            return this == COMPLETE_INFERRED || this == INCOMPLETE_INFERRED;
        }
    }

    public RecordedRun {
        snapshots = List.copyOf(snapshots);
    }

    /** The database snapshots. */
    public List<Snapshot> databases() {
        return snapshots.stream()
                .filter(snapshot ->
                        snapshot.tags().value("type").filter("database"::equals).isPresent())
                .toList();
    }

    /** The files snapshot, if the run has one. */
    public Optional<Snapshot> files() {
        return snapshots.stream()
                .filter(snapshot ->
                        snapshot.tags().value("type").filter("files"::equals).isPresent())
                .findFirst();
    }

    /** The run before whose restore this one was made, to undo it; empty for backups. */
    public Optional<RunId> safetyOf() {
        return snapshots.stream()
                .flatMap(snapshot -> snapshot.tags().safetyOf().stream())
                .findFirst();
    }

    /** Where the restore went that this safety backup can undo: {@code local} or {@code production}. */
    public Optional<String> safetyTarget() {
        return snapshots.stream()
                .flatMap(snapshot -> snapshot.tags().target().stream())
                .findFirst();
    }
}
