package dev.kamalbackup.upkeep;

import dev.kamalbackup.error.RepositoryException;
import dev.kamalbackup.process.Cancellation;
import dev.kamalbackup.restic.RepositoryLock;
import dev.kamalbackup.restic.Restic;
import dev.kamalbackup.state.RunLock;
import dev.kamalbackup.upkeep.LockFinding.Verdict;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Removes locks whose holders are proved dead. Restic removes those of dead processes of a host of the same name, which it
 * finds out by a signal to whatever has their number now; in two containers of one name that has hit the living. So it is
 * asked only under the run lock of the state folder, and never when it would signal a stranger.
 */
final class StaleLocks {
    /** What restic calls stale (0.17 to 0.19). */
    private static final Duration STALE_AFTER = Duration.ofMinutes(30);

    private final Restic restic;
    private final ThisHost host;
    private final Clock clock;

    StaleLocks(Restic restic, Clock clock) {
        this(restic, ThisHost.real(), clock);
    }

    StaleLocks(Restic restic, ThisHost host, Clock clock) {
        this.restic = restic;
        this.host = host;
        this.clock = clock;
    }

    /** Every lock there is, with what is known of it; nothing is removed. */
    List<LockFinding> look(Cancellation cancellation) {
        Instant now = clock.instant();
        return restic.locks(cancellation).stream()
                .map(lock -> new LockFinding(lock, verdict(lock, now), false))
                .toList();
    }

    /**
     * Removes what is over, or everything.
     *
     * @param lock the run lock, which the caller holds: no run of ours on this state folder is under way
     */
    List<LockFinding> remove(RunLock lock, boolean everything, Cancellation cancellation) {
        List<LockFinding> found = look(cancellation);
        boolean wanted = everything
                ? !found.isEmpty()
                : found.stream().anyMatch(finding -> finding.verdict().isOver())
                        && found.stream().noneMatch(finding -> finding.verdict() == Verdict.REUSED);
        if (!wanted) {
            return found;
        }
        restic.unlock(everything, cancellation);
        Set<String> left =
                restic.locks(cancellation).stream().map(RepositoryLock::id).collect(Collectors.toSet());
        return found.stream()
                .map(finding -> left.contains(finding.lock().id()) ? finding : finding.gone())
                .toList();
    }

    /** Does it; if a lock is in the way whose holder is proved dead, removes that and does it once more. */
    void retrying(RunLock lock, Cancellation cancellation, Runnable work) {
        try {
            work.run();
        } catch (RepositoryException failed) {
            if (failed.kind() != RepositoryException.Kind.LOCKED
                    || remove(lock, false, cancellation).stream().noneMatch(LockFinding::removed)) {
                throw failed;
            }
            work.run();
        }
    }

    private Verdict verdict(RepositoryLock lock, Instant now) {
        if (lock.age(now).compareTo(STALE_AFTER) > 0) {
            return Verdict.STALE;
        }
        if (!lock.host().equals(host.name())) {
            return Verdict.ELSEWHERE;
        }
        Optional<String> program = host.program().apply(lock.pid());
        if (program.isEmpty()) {
            return Verdict.DEAD;
        }
        boolean stranger = !program.get().isEmpty()
                && !String.valueOf(Path.of(program.get()).getFileName()).contains("restic");
        return stranger ? Verdict.REUSED : Verdict.ALIVE;
    }
}
