package dev.kamalbackup.upkeep;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kamalbackup.config.MaintenanceSettings;
import dev.kamalbackup.error.KamalBackupException;
import dev.kamalbackup.event.BackupListener;
import dev.kamalbackup.process.Cancellation;
import dev.kamalbackup.restic.Restic;
import dev.kamalbackup.retention.PruneOperation;
import dev.kamalbackup.state.RunLock;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What follows a good run: retention, and a check if one is wanted. Neither makes the run a bad one. */
public final class Upkeep {
    private final MaintenanceSettings settings;
    private final PruneOperation prune;
    private final CheckOperation check;
    private final StaleLocks locks;
    private final Function<CheckResult, ObjectNode> document;
    private final BackupListener listener;

    public Upkeep(
            MaintenanceSettings settings,
            PruneOperation prune,
            CheckOperation check,
            Restic restic,
            Function<CheckResult, ObjectNode> document,
            BackupListener listener,
            Clock clock) {
        this.settings = settings;
        this.prune = prune;
        this.locks = new StaleLocks(restic, clock);
        this.check = check;
        this.document = document;
        this.listener = listener;
    }

    /**
     * Does what is configured.
     *
     * @param lock the run lock, which the caller holds
     * @return what went wrong, for the result of the run
     */
    public List<String> follow(RunLock lock, Cancellation cancellation) {
        List<String> warnings = new ArrayList<>();
        if (settings.forgetAfterBackup()) {
            attempt(() -> {
                        locks.retrying(lock, cancellation, () -> prune.prune(lock, cancellation));
                        return Optional.empty();
                    })
                    .ifPresent(warnings::add);
        }
        if (settings.checkAfterBackup()) {
            attempt(() -> check.check(Optional.empty(), Optional.empty(), document, lock, cancellation)
                            .failure()
                            .map(CheckResult.Failure::reason))
                    .ifPresent(warnings::add);
        }
        return warnings;
    }

    /** Removes locks whose holders are proved dead; whether there were any. */
    public boolean removeDeadLocks(RunLock lock, Cancellation cancellation) {
        List<LockFinding> removed = locks.remove(lock, false, cancellation).stream()
                .filter(LockFinding::removed)
                .toList();
        removed.forEach(finding -> listener.warning("the lock of process "
                + finding.lock().pid() + " on " + finding.lock().host() + " was removed: "
                + finding.verdict().meaning()));
        return !removed.isEmpty();
    }

    private Optional<String> attempt(Step step) {
        Optional<String> flaw;
        try {
            flaw = step.run();
        } catch (KamalBackupException failed) {
            flaw = Optional.of(failed.fault().full());
        }
        flaw.ifPresent(listener::warning);
        return flaw;
    }

    @FunctionalInterface
    private interface Step {
        Optional<String> run();
    }
}
