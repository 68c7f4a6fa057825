package dev.kamalbackup.restore;

import dev.kamalbackup.config.BackupPath;
import dev.kamalbackup.config.DatabaseSettings;
import dev.kamalbackup.error.Fault;
import dev.kamalbackup.error.RestoreException;
import dev.kamalbackup.process.Cancellation;
import dev.kamalbackup.run.BackupOperation;
import dev.kamalbackup.run.BackupResult;
import dev.kamalbackup.run.DeadLocks;
import dev.kamalbackup.run.PartOutcome;
import dev.kamalbackup.run.RunContent;
import dev.kamalbackup.run.RunPlanner;
import dev.kamalbackup.state.RunLock;
import dev.kamalbackup.tag.Names;
import dev.kamalbackup.tag.RunId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Keeps what a restore is about to replace in a run of its own, by which the restore can be undone. */
final class SafetyBackup {
    private final Equipment equipment;

    SafetyBackup(Equipment equipment) {
        this.equipment = equipment;
    }

    /** What of the targets holds something. */
    RestoreTask.Replaced replacedBy(RestoreTask task, Cancellation cancellation) {
        List<DatabaseSettings> databases = equipment.settings().databases().stream()
                .filter(database -> task.databases().stream()
                        .anyMatch(target -> target.database().equals(database.name())))
                .filter(database -> holdsSomething(database, cancellation))
                .map(database -> equipment.adapter(database).whole(database))
                .toList();
        return new RestoreTask.Replaced(databases, paths(task));
    }

    /** The same when the files may have changed because an earlier restore was brought to its end. */
    RestoreTask.Replaced afterRecovery(RestoreTask task) {
        return new RestoreTask.Replaced(task.safety().databases(), paths(task));
    }

    private static List<BackupPath> paths(RestoreTask task) {
        KeptPatterns kept = new KeptPatterns(task.files());
        return task.files().stream()
                .filter(files -> holdsSomething(files.target()))
                .map(files -> new BackupPath(files.target(), kept.of(files)))
                .toList();
    }

    /**
     * Makes it; the caller holds the run lock.
     *
     * @throws RestoreException if a part of it cannot be saved
     */
    RunId make(RestoreTask task, RunLock lock, Cancellation cancellation) {
        RunPlanner planner = new RunPlanner(
                equipment.settings(), equipment.adapters(), equipment.environment(), equipment.launcher());
        BackupOperation backups = new BackupOperation(
                equipment.settings(),
                planner,
                equipment.restic(),
                equipment.state(),
                equipment.launcher(),
                equipment.listener(),
                equipment.clock(),
                DeadLocks.KEPT,
                BackupOperation.AfterRun.NOTHING);
        RunContent content = new RunContent(
                task.safety().databases(),
                task.safety().paths(),
                Optional.of(new RunContent.Safety(
                        task.run().id(), task.request().scope().word())));
        BackupResult result = backups.safetyBackup(content, lock, cancellation);
        cancellation.throwIfCancelled("back up what is replaced", "");
        if (!result.complete()) {
            throw new RestoreException(new Fault(
                    "back up what is replaced",
                    "",
                    failures(result) + "; nothing was changed",
                    "mend that, or restore without the way back: --no-safety-backup"));
        }
        return result.run();
    }

    private static String failures(BackupResult result) {
        return result.parts().stream()
                .flatMap(part -> part instanceof PartOutcome.Failed failed
                        ? Stream.of(failed.reason())
                        : part instanceof PartOutcome.NotTried notTried
                                ? Stream.of(notTried.label() + " was not tried: " + notTried.reason())
                                : Stream.empty())
                .collect(Collectors.joining("; "));
    }

    private Path scratch(DatabaseSettings database) {
        return equipment.state().scratch().resolve(Names.sanitize(database.name()));
    }

    private boolean holdsSomething(DatabaseSettings database, Cancellation cancellation) {
        try {
            return !equipment.adapter(database).isEmpty(database, equipment.context(scratch(database), cancellation));
        } catch (RestoreException damaged) {
            // The backup of it will tell why, and how to go on without one.
            return true;
        }
    }

    private static boolean holdsSomething(Path target) {
        if (!Files.isDirectory(target, LinkOption.NOFOLLOW_LINKS)) {
            return Files.exists(target, LinkOption.NOFOLLOW_LINKS);
        }
        try (Stream<Path> children = Files.list(target)) {
            return children.findAny().isPresent();
        } catch (IOException unreadable) {
            // The backup of it will tell why.
            return true;
        }
    }
}
