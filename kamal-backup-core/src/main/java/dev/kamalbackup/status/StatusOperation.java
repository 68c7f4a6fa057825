package dev.kamalbackup.status;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kamalbackup.catalog.RecordedRun;
import dev.kamalbackup.catalog.RunCatalog;
import dev.kamalbackup.config.BackupSettings;
import dev.kamalbackup.config.Settings;
import dev.kamalbackup.error.CancelledException;
import dev.kamalbackup.error.KamalBackupException;
import dev.kamalbackup.error.RepositoryException;
import dev.kamalbackup.process.Cancellation;
import dev.kamalbackup.restic.Restic;
import dev.kamalbackup.restic.Snapshot;
import dev.kamalbackup.state.LastBackup;
import dev.kamalbackup.state.RunLock;
import dev.kamalbackup.state.StateFolder;
import dev.kamalbackup.tag.TagSet;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Puts together how the backups stand; changes nothing. */
public final class StatusOperation {
    /** For the retries after a failure, and for a dump that takes its time. */
    private static final Duration LONGEST_GRACE = Duration.ofHours(1);

    private static final Duration LATELY = Duration.ofDays(30);

    private final Settings settings;
    private final Restic restic;
    private final StateFolder state;
    private final Clock clock;

    public StatusOperation(Settings settings, Restic restic, StateFolder state, Clock clock) {
        this.settings = settings;
        this.restic = restic;
        this.state = state;
        this.clock = clock;
    }

    /**
     * How the backups stand.
     *
     * @param askRepository whether the repository is asked as well; a health check has no need to
     * @throws dev.kamalbackup.error.StateException if the state folder cannot be read
     */
    public Status status(boolean askRepository, Cancellation cancellation) {
        Instant now = clock.instant();
        HistorySummary history = HistorySummary.of(state.history().entries());
        RepositoryView view = askRepository ? look(now, cancellation) : RepositoryView.notAsked();
        Optional<Instant> kept = state.lastBackup()
                .map(LastBackup::kept)
                .or(() -> view.newest().map(run -> run.id().time()));
        boolean enabled = settings.backup().enabled();
        Instant due = settings.backup().schedule().due(kept, now);
        return new Status(
                settings.app(),
                now,
                enabled,
                settings.backup().schedule().toString(),
                history.lastGood().or(() -> view.newest().map(StatusOperation::good)),
                Optional.of(due).filter(time -> enabled),
                enabled && (kept.isEmpty() || now.isAfter(due.plus(grace(due)))),
                RunLock.holder(state),
                history.lastFailure(),
                history.last("check"),
                history.last("drill"),
                view.contents());
    }

    private Duration grace(Instant due) {
        BackupSettings backup = settings.backup();
        Duration interval = Duration.between(due, backup.schedule().next(due));
        return backup.jitter().plus(interval.compareTo(LONGEST_GRACE) < 0 ? interval : LONGEST_GRACE);
    }

    private static Status.GoodRun good(RecordedRun run) {
        return new Status.GoodRun(run.id(), run.id().time());
    }

    private RepositoryView look(Instant now, Cancellation cancellation) {
        try {
            List<Snapshot> snapshots = restic.snapshots(TagSet.ofApp(settings.app()), cancellation);
            RunCatalog catalog = RunCatalog.of(snapshots);
            long added = snapshots.stream()
                    .filter(snapshot -> snapshot.time().isAfter(now.minus(LATELY)))
                    .mapToLong(snapshot -> snapshot.added().orElse(0))
                    .sum();
            return new RepositoryView(
                    catalog.newestComplete(),
                    new Status.Contents.Known(catalog.runs().size(), measure(cancellation), added));
        } catch (CancelledException stop) {
            throw stop;
        } catch (KamalBackupException failed) {
            return new RepositoryView(
                    Optional.empty(),
                    new Status.Contents.Unknown(
                            failed.fault().summary(), failed.fault().hint()));
        }
    }

    /** Runs that are there are told, whether or not restic can walk through all their data. */
    private Status.Size measure(Cancellation cancellation) {
        try {
            return new Status.Size.Counted(restic.size(cancellation));
        } catch (RepositoryException failed) {
            return new Status.Size.Unknown(failed.fault().summary());
        }
    }

    private record RepositoryView(Optional<RecordedRun> newest, Status.Contents contents) {
        static RepositoryView notAsked() {
            return new RepositoryView(Optional.empty(), new Status.Contents.NotAsked());
        }
    }

    /** What the history tells, newest last. */
    private record HistorySummary(List<JsonNode> entries) {
        static HistorySummary of(List<JsonNode> entries) {
            return new HistorySummary(List.copyOf(entries));
        }

        Optional<Status.GoodRun> lastGood() {
            return newest(entry -> HistoryEntry.kind(entry).equals("backup") && HistoryEntry.wentWell(entry))
                    .flatMap(HistoryEntry::goodRun);
        }

        Optional<Status.Event> last(String kind) {
            return newest(entry -> HistoryEntry.kind(entry).equals(kind)).flatMap(HistoryEntry::event);
        }

        /** A failure that something of its kind has made good since is no news. */
        Optional<Status.Event> lastFailure() {
            return newest(entry -> !HistoryEntry.wentWell(entry)
                            && newest(later -> HistoryEntry.kind(later).equals(HistoryEntry.kind(entry)))
                                    .filter(entry::equals)
                                    .isPresent())
                    .flatMap(HistoryEntry::event);
        }

        private Optional<JsonNode> newest(java.util.function.Predicate<JsonNode> wanted) {
            for (int i = entries.size() - 1; i >= 0; i--) {
                if (wanted.test(entries.get(i))) {
                    return Optional.of(entries.get(i));
                }
            }
            return Optional.empty();
        }
    }
}
