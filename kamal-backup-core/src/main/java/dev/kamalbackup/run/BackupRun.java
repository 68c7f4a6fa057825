package dev.kamalbackup.run;

import dev.kamalbackup.config.BackupSettings;
import dev.kamalbackup.error.CancelledException;
import dev.kamalbackup.error.DumpException;
import dev.kamalbackup.error.Fault;
import dev.kamalbackup.error.KamalBackupException;
import dev.kamalbackup.error.RepositoryException;
import dev.kamalbackup.error.StateException;
import dev.kamalbackup.event.BackupListener;
import dev.kamalbackup.plan.Part;
import dev.kamalbackup.plan.RunPlan;
import dev.kamalbackup.process.Cancellation;
import dev.kamalbackup.process.ProcessLauncher;
import dev.kamalbackup.restic.BackupSummary;
import dev.kamalbackup.restic.Restic;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Carries out a run plan, part by part: one that fails does not stop the others, save when the repository is at fault. */
public final class BackupRun {
    private final Restic restic;
    private final DumpGate gate;
    private final BooleanSupplier unlock;
    private final BackupListener listener;
    private final Clock clock;

    /**
     * A run to be carried out.
     *
     * @param unlock removes locks of the dead; whether there were any
     */
    public BackupRun(
            Restic restic,
            ProcessLauncher launcher,
            BackupSettings limits,
            ShrinkGuard shrinkGuard,
            BooleanSupplier unlock,
            BackupListener listener,
            Clock clock) {
        this.restic = restic;
        this.unlock = unlock;
        this.gate = new DumpGate(restic, launcher, limits, shrinkGuard, listener);
        this.listener = listener;
        this.clock = clock;
    }

    /**
     * Carries out the plan. Whatever fails is in the result, an interruption too.
     *
     * @param saved told of each snapshot as soon as it is proven
     */
    public BackupResult carryOut(RunPlan plan, Consumer<PartOutcome.Saved> saved, Cancellation cancellation) {
        Instant startedAt = clock.instant();
        List<PartOutcome> outcomes = new ArrayList<>();
        List<String> warnings = new ArrayList<>();
        String stopped = "";
        int exitCode = 0;
        for (Part part : plan.parts()) {
            if (!stopped.isEmpty()) {
                outcomes.add(new PartOutcome.NotTried(part.label(), stopped));
                continue;
            }
            listener.started(part.label());
            try {
                PartOutcome.Saved outcome = save(plan, part, cancellation);
                outcomes.add(outcome);
                note(outcome, saved, warnings);
                outcome.warnings().forEach(warning -> warnings.add(part.label() + ": " + warning));
                listener.finished(
                        part.label(), "snapshot " + shortened(outcome.snapshot()) + ", " + outcome.bytes() + " bytes");
            } catch (KamalBackupException failed) {
                outcomes.add(new PartOutcome.Failed(part.label(), failed.fault().summary(), failed.hint()));
                listener.failed(part.label(), failed.fault().summary());
                exitCode = Math.max(exitCode, failed.exitCode());
                stopped = reasonToStop(failed);
            }
        }
        warnings.forEach(listener::warning);
        return new BackupResult(
                plan.id(),
                plan.app(),
                startedAt,
                clock.instant(),
                outcomes,
                warnings,
                cancellation.isCancelled(),
                exitCode);
    }

    /** The snapshot exists and is whole, whether or not the journal can say so: a full state folder costs no backup. */
    private static void note(PartOutcome.Saved outcome, Consumer<PartOutcome.Saved> saved, List<String> warnings) {
        try {
            saved.accept(outcome);
        } catch (StateException unwritten) {
            warnings.add(outcome.label() + ": " + unwritten.fault().full());
        }
    }

    private static String reasonToStop(KamalBackupException failed) {
        if (failed instanceof CancelledException) {
            return "the run was interrupted before";
        }
        return failed instanceof RepositoryException repository && repository.stopsTheRun()
                ? "the repository could not be used"
                : "";
    }

    private PartOutcome.Saved save(RunPlan plan, Part part, Cancellation cancellation) {
        cancellation.throwIfCancelled("back up " + part.label(), plan.app());
        if (part instanceof Part.BlockedPart blocked) {
            throw blocked.reason();
        }
        if (part instanceof Part.FilesPart files) {
            return mending(() -> files(plan, files, cancellation), cancellation);
        }
        Part.DatabasePart database = (Part.DatabasePart) part;
        Path scratch = RunPlanner.scratchOf(plan.scratch(), database.database());
        return mending(() -> database(plan, database, scratch, cancellation), cancellation);
    }

    private PartOutcome.Saved database(
            RunPlan plan, Part.DatabasePart database, Path scratch, Cancellation cancellation) {
        try {
            ScratchFolders.createPrivate(scratch);
            return gate.pass(database, plan.host(), scratch, cancellation);
        } finally {
            ScratchFolders.remove(scratch);
        }
    }

    private PartOutcome.Saved files(RunPlan plan, Part.FilesPart files, Cancellation cancellation) {
        for (Path path : files.paths()) {
            if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
                throw new DumpException(new Fault(
                        "back up files",
                        path.toString(),
                        "there is no such file or folder",
                        "mount it into the container, or take it out of paths; no files snapshot was made"));
            }
            HalfRestored.refuse(path);
        }
        try {
            BackupSummary summary = files(plan, files, false, cancellation);
            return new PartOutcome.Saved(files.label(), summary.snapshot(), summary.bytes(), summary.unreadable());
        } catch (RepositoryException damaged) {
            if (damaged.kind() != RepositoryException.Kind.SNAPSHOT_DAMAGED) {
                throw damaged;
            }
            // Slow, for every file is read again; but a backup, and what is the same takes no more room.
            BackupSummary summary = files(plan, files, true, cancellation);
            List<String> warnings = new ArrayList<>(summary.unreadable());
            warnings.add("every file had to be read: " + damaged.fault().full());
            return new PartOutcome.Saved(files.label(), summary.snapshot(), summary.bytes(), warnings);
        }
    }

    private BackupSummary files(RunPlan plan, Part.FilesPart files, boolean everyFile, Cancellation cancellation) {
        return restic.backupFiles(
                plan.host(),
                files.tags(),
                files.paths(),
                files.excludes(),
                everyFile,
                bytes -> listener.progress(files.label(), bytes),
                cancellation);
    }

    /**
     * Only restic's exit code 10 says that there is no repository, and 11 that it is locked; every other failure is left
     * as it is.
     */
    private <T> T mending(Supplier<T> attempt, Cancellation cancellation) {
        try {
            return attempt.get();
        } catch (RepositoryException failure) {
            if (failure.kind() == RepositoryException.Kind.LOCKED && unlock.getAsBoolean()) {
                return attempt.get();
            }
            if (failure.kind() != RepositoryException.Kind.MISSING || !restic.mayInit()) {
                throw failure;
            }
            listener.started("create the repository");
            restic.init(cancellation);
            listener.finished("create the repository", restic.repository());
            return attempt.get();
        }
    }

    private static String shortened(String id) {
        return id.substring(0, Math.min(8, id.length()));
    }
}
