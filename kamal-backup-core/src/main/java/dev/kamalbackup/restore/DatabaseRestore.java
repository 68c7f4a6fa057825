package dev.kamalbackup.restore;

import dev.kamalbackup.error.Fault;
import dev.kamalbackup.error.RestoreException;
import dev.kamalbackup.plan.CommandStep;
import dev.kamalbackup.plan.LoadStep;
import dev.kamalbackup.plan.RestorePlan;
import dev.kamalbackup.process.Cancellation;
import dev.kamalbackup.process.ProcessLauncher;
import dev.kamalbackup.restic.DumpFetch;
import dev.kamalbackup.restic.Restic;
import dev.kamalbackup.run.StepRunner;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Restores one database: fetches its dump whole and proves it before the adapter's steps change the target, or before a
 * transaction that has been filled meanwhile is committed.
 */
final class DatabaseRestore implements AutoCloseable {
    private final Restic restic;
    private final ProcessLauncher launcher;
    private final DumpLocator dumps;
    private final RestoreTask.DatabaseTarget task;
    private final RestorePlan plan;
    private @Nullable OpenLoad open;

    DatabaseRestore(
            Restic restic, ProcessLauncher launcher, String app, RestoreTask.DatabaseTarget task, RestorePlan plan) {
        this.restic = restic;
        this.launcher = launcher;
        this.dumps = new DumpLocator(restic, app);
        this.task = task;
        this.plan = plan;
    }

    /** Fetches and proves the dump and runs the adapter's preflight; the target is not touched. */
    void fetch(Cancellation cancellation) {
        String path = dumpPath(cancellation);
        DumpFetch fetched = restic.contents(task.snapshot().id()).fetchDump(path, plan.dump(), cancellation);
        requireProof(fetched);
        require(scanned(), plan.scan().hint());
        runAll(plan.preflight(), cancellation);
    }

    private Optional<String> scanned() {
        try {
            return DumpScanner.flaw(plan.scan(), plan.dump());
        } catch (IOException unreadable) {
            throw new RestoreException(
                    new Fault(
                            "restore database " + task.database(),
                            plan.dump().toString(),
                            "the fetched dump cannot be read: " + unreadable.getMessage(),
                            "see whether the disk of the state folder is well"),
                    unreadable);
        }
    }

    /** Whether the target can be filled while the dump comes in: see {@link #begin}. */
    boolean isTransactional() {
        return plan.transactional();
    }

    /**
     * In the place of {@link #fetch}, for a load that is one transaction: runs the preflight and fills the transaction
     * with the dump as it comes out of the repository, to all but its end. {@link #load} commits it.
     */
    void begin(Cancellation cancellation) {
        LoadStep.Chain chain = (LoadStep.Chain) plan.load().get(0);
        String path = dumpPath(cancellation);
        LoadInput dump =
                LoadInput.of(restic.contents(task.snapshot().id()).openDump(path, cancellation), this::requireProof);
        OpenLoad opened = new OpenLoad(chain, dump, launcher, cancellation);
        open = opened;
        // Restic takes its time to open the repository; until its output is read it goes no further than a full pipe.
        runAll(plan.preflight(), cancellation);
        Optional<String> flaw = opened.fill();
        cancellation.throwIfCancelled(chain.name(), task.location());
        require(flaw.map(found -> "could not " + chain.name() + ": " + found), chain.hint());
    }

    private void requireProof(DumpFetch fetched) {
        require(
                plan.proof().flaw(fetched.sample()).map(flaw -> "the dump in the snapshot is not whole: " + flaw),
                "restore another run");
    }

    /** Ends what was begun and not committed; the target is as it was. */
    @Override
    public void close() {
        OpenLoad opened = open;
        if (opened != null) {
            opened.close();
        }
    }

    /** Loads the dump into the target, or commits what was begun. */
    void load(Cancellation cancellation) {
        OpenLoad opened = open;
        if (opened != null) {
            LoadStep.Chain chain = (LoadStep.Chain) plan.load().get(0);
            Optional<String> flaw = opened.commit();
            if (flaw.isPresent()) {
                // Whoever asked to stop has ended the loader, which is not to blame for that.
                cancellation.throwIfCancelled(chain.name(), task.location());
            }
            require(flaw.map(found -> "could not " + chain.name() + ": " + found), chain.hint());
            runAll(plan.verify(), cancellation);
            return;
        }
        LoadRunner runner = new LoadRunner(launcher);
        for (LoadStep step : plan.load()) {
            String hint = step instanceof LoadStep.Run run ? run.step().hint() : ((LoadStep.Chain) step).hint();
            require(runner.run(step, cancellation).map(flaw -> "could not " + step.name() + ": " + flaw), hint);
        }
        runAll(plan.verify(), cancellation);
    }

    private String dumpPath(Cancellation cancellation) {
        return dumps.find(task.snapshot(), task.database(), task.adapter(), cancellation)
                .orElseThrow(() -> failure(
                        "snapshot " + task.snapshot().shortId() + " holds no dump of it", "restore another run"));
    }

    private void runAll(List<CommandStep> steps, Cancellation cancellation) {
        StepRunner runner = new StepRunner(launcher);
        for (CommandStep step : steps) {
            require(runner.run(step, cancellation).map(flaw -> "could not " + step.name() + ": " + flaw), step.hint());
        }
    }

    private void require(Optional<String> flaw, String hint) {
        if (flaw.isPresent()) {
            throw failure(flaw.get(), hint);
        }
    }

    private RestoreException failure(String reason, String hint) {
        return new RestoreException(new Fault("restore database " + task.database(), task.location(), reason, hint));
    }
}
