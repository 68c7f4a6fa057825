package dev.kamalbackup.evidence;

import dev.kamalbackup.catalog.RecordedRun;
import dev.kamalbackup.restic.Snapshot;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What is in the repository, or why nobody knows. */
public sealed interface RepositoryState {
    /**
     * It was read.
     *
     * @param runs the app's runs, newest first
     */
    record Reached(List<RecordedRun> runs) implements RepositoryState {
        public Reached {
            runs = List.copyOf(runs);
        }

        /**
         * The newest snapshot of a database.
         *
         * @param only whether the app has no other; the predecessor's first versions did not say a database's name
         */
        public Optional<Snapshot> latest(Configuration.ConfiguredDatabase database, boolean only) {
            return newest(snapshot -> snapshot.tags()
                    .value("database")
                    .map(database.name()::equals)
                    .orElse(only
                            && snapshot.tags()
                                    .value("type")
                                    .filter("database"::equals)
                                    .isPresent()));
        }

        /** The newest snapshot of the files. */
        public Optional<Snapshot> latestFiles() {
            return newest(snapshot ->
                    snapshot.tags().value("type").filter("files"::equals).isPresent());
        }

        private Optional<Snapshot> newest(Predicate<Snapshot> wanted) {
            // A safety backup holds what somebody wanted to be rid of.
            Stream<RecordedRun> backups =
                    runs.stream().filter(run -> run.safetyOf().isEmpty());
            return backups.flatMap(run -> run.snapshots().stream())
                    .filter(wanted)
                    .max(Comparator.comparing(Snapshot::time));
        }
    }

    /**
     * It could not be read.
     *
     * @param error why
     */
    record Unreachable(String error) implements RepositoryState {}
}
