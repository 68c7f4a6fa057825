package dev.kamalbackup.diagnosis;

import dev.kamalbackup.catalog.RecordedRun;
import dev.kamalbackup.catalog.RunCatalog;
import dev.kamalbackup.config.Settings;
import dev.kamalbackup.error.KamalBackupException;
import dev.kamalbackup.error.RepositoryException;
import dev.kamalbackup.process.Cancellation;
import dev.kamalbackup.restic.RepositoryLock;
import dev.kamalbackup.restic.Restic;
import dev.kamalbackup.tag.TagSet;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether the repository can be opened, what is in it, and who holds locks there. */
final class RepositoryCheck {
    private static final String SUBJECT = "repository";

    /** From this age on restic itself calls a lock stale, since whoever holds one renews it (restic manual, "Locks"). */
    private static final Duration STALE = Duration.ofMinutes(30);

    private final Settings settings;
    private final Restic restic;
    private final Clock clock;
    private final Cancellation cancellation;
    private List<RecordedRun> runs = List.of();
    private boolean opened;

    RepositoryCheck(Settings settings, Restic restic, Clock clock, Cancellation cancellation) {
        this.settings = settings;
        this.restic = restic;
        this.clock = clock;
        this.cancellation = cancellation;
    }

    List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        try {
            findings.add(Finding.ok(
                    "restic",
                    restic.version(cancellation) + " (" + settings.restic().program() + ")"));
        } catch (KamalBackupException missing) {
            return List.of(Finding.failed("restic", missing));
        }
        try {
            runs = RunCatalog.of(restic.snapshots(TagSet.ofApp(settings.app()), cancellation))
                    .runs();
            opened = true;
            findings.add(Finding.ok(SUBJECT, restic.repository() + ": opened, " + runs.size() + " runs of this app"));
        } catch (RepositoryException refused) {
            findings.add(refused(refused));
        }
        return findings;
    }

    /** The newest run; known after {@link #findings}. */
    Optional<RecordedRun> newestRun() {
        return runs.stream().findFirst();
    }

    /** One finding for each lock; one that says there is none. */
    List<Finding> locks() {
        if (!opened) {
            return List.of();
        }
        try {
            List<RepositoryLock> locks = restic.locks(cancellation);
            return locks.isEmpty()
                    ? List.of(Finding.ok("locks", "nobody holds one"))
                    : locks.stream().map(this::lock).toList();
        } catch (RepositoryException refused) {
            return List.of(Finding.failed("locks", refused));
        }
    }

    private Finding refused(RepositoryException refused) {
        boolean willBeMade = refused.kind() == RepositoryException.Kind.MISSING && restic.mayInit();
        return willBeMade
                ? Finding.warning(
                        SUBJECT,
                        restic.repository() + ": there is none yet",
                        "the first backup creates it, as restic.init_if_missing says")
                : Finding.failed(SUBJECT, refused);
    }

    private Finding lock(RepositoryLock lock) {
        Instant now = clock.instant();
        String owner = lock.describe(now);
        return lock.age(now).compareTo(STALE) > 0
                ? Finding.failed(
                        "locks",
                        owner,
                        "its holder has not renewed it for longer than any living one would; see that no restic runs on"
                                + " that host, then remove it with: kamal-backup unlock")
                : Finding.warning("locks", owner, "wait until it ends");
    }
}
