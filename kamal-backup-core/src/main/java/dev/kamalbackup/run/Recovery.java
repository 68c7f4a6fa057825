package dev.kamalbackup.run;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kamalbackup.catalog.RunCatalog;
import dev.kamalbackup.error.KamalBackupException;
import dev.kamalbackup.error.RepositoryException;
import dev.kamalbackup.event.BackupListener;
import dev.kamalbackup.process.Cancellation;
import dev.kamalbackup.restic.Restic;
import dev.kamalbackup.restic.Snapshot;
import dev.kamalbackup.state.History;
import dev.kamalbackup.state.Journal;
import dev.kamalbackup.state.StateFolder;
import dev.kamalbackup.tag.TagSet;
import java.time.Clock;
import java.util.List;

/**
 * Clears up after a run that died: the snapshots it had not proven all of are forgotten, so that no half run can ever be
 * taken for a whole one, and the death is recorded.
 */
public final class Recovery {
    private final StateFolder state;
    private final Restic restic;
    private final BackupListener listener;
    private final Clock clock;

    public Recovery(StateFolder state, Restic restic, BackupListener listener, Clock clock) {
        this.state = state;
        this.restic = restic;
        this.listener = listener;
        this.clock = clock;
    }

    /** Looks for an unfinished run and clears up after it; the caller holds the run lock. */
    public void clearUp(Cancellation cancellation) {
        ScratchFolders.remove(state.scratch());
        Journal journal = state.journal();
        journal.unfinished().ifPresent(entry -> {
            List<Snapshot> left = entry.isWhole() ? List.of() : snapshots(entry, cancellation);
            boolean whole = entry.isWhole() || isWhole(entry, left);
            List<String> forgotten = whole ? List.of() : forget(entry, left, cancellation);
            state.history().append(record(entry, whole, forgotten));
            listener.warning("run " + entry.run() + " did not end properly; "
                    + (whole
                            ? "its snapshots were all made, only its record was missing"
                            : "its " + forgotten.size() + " snapshots were forgotten"));
            journal.clear();
        });
    }

    /**
     * The journal may have been the first that could not be written any more, as when the state folder was taken away in
     * the middle of the run. A run with all its parts is whole then, where restic saves nothing that is not proven.
     */
    private boolean isWhole(Journal.Entry entry, List<Snapshot> snapshots) {
        return restic.savesOnlyWhatIsProven()
                && RunCatalog.of(snapshots).runs().stream()
                        .anyMatch(run -> run.id().equals(entry.run())
                                && run.completeness().isWhole());
    }

    private List<String> forget(Journal.Entry entry, List<Snapshot> left, Cancellation cancellation) {
        List<String> ids = left.stream()
                .filter(snapshot ->
                        snapshot.tags().run().filter(entry.run()::equals).isPresent())
                .map(Snapshot::id)
                .toList();
        try {
            restic.forget(ids, cancellation);
            return ids;
        } catch (KamalBackupException refused) {
            // An append-only server refuses by design. The run stays visible as incomplete, which keeps it from being
            // chosen; the failure is told, and does not keep the next backup from being made.
            listener.warning("the snapshots of the unfinished run " + entry.run() + " could not be forgotten: "
                    + refused.fault().reason());
            return List.of();
        }
    }

    private List<Snapshot> snapshots(Journal.Entry entry, Cancellation cancellation) {
        try {
            return restic.snapshots(TagSet.ofApp(entry.app()), cancellation);
        } catch (RepositoryException failure) {
            if (failure.kind() == RepositoryException.Kind.MISSING) {
                // It died before the repository was created: there is nothing to forget.
                return List.of();
            }
            throw failure;
        }
    }

    private ObjectNode record(Journal.Entry entry, boolean whole, List<String> forgotten) {
        ObjectNode record = JsonNodeFactory.instance.objectNode();
        record.put("kind", entry.kind()).put("at", History.time(clock.instant()));
        record.put("run_id", entry.run().toString());
        record.put("outcome", whole ? "complete" : "died");
        record.put("started_at", entry.startedAt().toString());
        forgotten.forEach(record.putArray("forgotten")::add);
        return record;
    }
}
