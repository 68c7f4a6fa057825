package dev.kamalbackup.retention;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kamalbackup.catalog.RecordedRun;
import dev.kamalbackup.catalog.RunCatalog;
import dev.kamalbackup.config.RetentionSettings;
import dev.kamalbackup.config.Settings;
import dev.kamalbackup.error.ConfigurationException;
import dev.kamalbackup.error.Fault;
import dev.kamalbackup.error.KamalBackupException;
import dev.kamalbackup.error.RepositoryException;
import dev.kamalbackup.event.BackupListener;
import dev.kamalbackup.process.Cancellation;
import dev.kamalbackup.restic.Restic;
import dev.kamalbackup.restic.Snapshot;
import dev.kamalbackup.state.History;
import dev.kamalbackup.state.Journal;
import dev.kamalbackup.state.RunLock;
import dev.kamalbackup.state.StateFolder;
import dev.kamalbackup.tag.RunId;
import dev.kamalbackup.tag.TagSet;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Removes the runs that retention does not keep: one listing and one forget, however many databases there are. */
public final class PruneOperation {
    private static final RetentionSettings NO_RULE = new RetentionSettings(0, 0, 0, 0, 0, 0, "");

    private final Settings settings;
    private final Restic restic;
    private final StateFolder state;
    private final BackupListener listener;
    private final Clock clock;

    public PruneOperation(Settings settings, Restic restic, StateFolder state, BackupListener listener, Clock clock) {
        this.settings = settings;
        this.restic = restic;
        this.state = state;
        this.listener = listener;
        this.clock = clock;
    }

    /**
     * What would be removed; changes nothing.
     *
     * @throws RepositoryException if a run lies in the future, or the repository cannot be read
     * @throws ConfigurationException if no rule keeps anything
     */
    public PrunePlan plan(Cancellation cancellation) {
        if (settings.maintenance().retention().equals(NO_RULE)) {
            throw ConfigurationException.of(
                    "restic.retention", "keeps nothing; to keep everything set restic.forget_after_backup: false");
        }
        Instant now = clock.instant();
        List<Snapshot> snapshots = restic.snapshots(TagSet.ofApp(settings.app()), cancellation);
        List<RecordedRun> runs = RunCatalog.of(snapshots).runs();
        refuseTheFuture(runs, now);
        List<Verdict> verdicts = new Retention(
                        settings.maintenance().retention(),
                        settings.maintenance().zone())
                .judge(runs, now);
        return new PrunePlan(
                settings.app(), settings.maintenance().forgetAfterBackup(), verdicts, ofThose(verdicts, snapshots));
    }

    /**
     * Removes it.
     *
     * @throws dev.kamalbackup.error.BusyException if something else is under way
     * @throws ConfigurationException if nothing may be removed, or no rule keeps anything
     * @throws RepositoryException if a run lies in the future, or restic fails
     */
    public PruneResult prune(Cancellation cancellation) {
        if (!settings.maintenance().forgetAfterBackup()) {
            throw ConfigurationException.of(
                    "restic.forget_after_backup", "is false: nothing is ever removed from this repository");
        }
        restic.version(cancellation);
        state.prepare();
        try (RunLock lock = RunLock.acquire(state, "prune", clock, listener::warning)) {
            return prune(lock, cancellation);
        }
    }

    /**
     * The same under a lock that is held.
     *
     * @param lock the run lock, which the caller holds
     */
    public PruneResult prune(RunLock lock, Cancellation cancellation) {
        Instant startedAt = clock.instant();
        listener.started("prune");
        state.journal().begin(new Journal.Work("prune", startedAt, Map.of()));
        try {
            PrunePlan plan = plan(cancellation);
            restic.forgetAndPrune(plan.snapshots(), cancellation);
            PruneResult result = new PruneResult(plan, startedAt, clock.instant());
            state.history().append(record(result));
            state.journal().endWork();
            listener.finished(
                    "prune", plan.removed().size() + " of " + plan.verdicts().size() + " runs removed");
            return result;
        } catch (KamalBackupException failed) {
            listener.failed("prune", failed.fault().summary());
            state.history()
                    .append(line(startedAt, "failed")
                            .put("error", failed.fault().summary()));
            state.journal().endWork();
            throw failed;
        }
    }

    /** A run that some wrong clock dated ahead would push every other out of the rules. */
    private void refuseTheFuture(List<RecordedRun> runs, Instant now) {
        runs.stream()
                .filter(run -> run.id().time().isAfter(now.plus(RunCatalog.CLOCKS_DIFFER)))
                .findFirst()
                .ifPresent(run -> {
                    throw new RepositoryException(
                            RepositoryException.Kind.FAILED,
                            new Fault(
                                    "remove old runs",
                                    restic.repository(),
                                    "run " + run.id() + " lies in the future: this machine's clock says "
                                            + now.truncatedTo(ChronoUnit.SECONDS),
                                    "set the clock right; a run that a wrong clock dated ahead goes with `restic forget`"
                                            + " and the ids that kamal-backup list shows of it"));
                });
    }

    /** Also those of which a later snapshot took the place within their run. */
    private static List<String> ofThose(List<Verdict> verdicts, List<Snapshot> snapshots) {
        List<RecordedRun> going = verdicts.stream()
                .filter(verdict -> !verdict.stays())
                .map(Verdict::run)
                .toList();
        Set<RunId> ids = going.stream().map(RecordedRun::id).collect(Collectors.toSet());
        Set<String> listed = going.stream()
                .flatMap(run -> run.snapshots().stream())
                .map(Snapshot::id)
                .collect(Collectors.toSet());
        return snapshots.stream()
                .filter(snapshot -> listed.contains(snapshot.id())
                        || snapshot.tags().run().filter(ids::contains).isPresent())
                .map(Snapshot::id)
                .toList();
    }

    private ObjectNode record(PruneResult result) {
        ObjectNode line = line(result.startedAt(), "done");
        line.put("kept", result.plan().kept().size());
        result.plan()
                .removed()
                .forEach(verdict ->
                        line.withArray("removed").add(verdict.run().id().toString()));
        return line.put("snapshots", result.plan().snapshots().size());
    }

    private ObjectNode line(Instant startedAt, String outcome) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("kind", "prune")
                .put("at", History.time(clock.instant()))
                .put("outcome", outcome)
                .put("started_at", History.time(startedAt));
    }
}
