package dev.kamalbackup.restore;

import dev.kamalbackup.error.Fault;
import dev.kamalbackup.error.RestoreException;
import dev.kamalbackup.plan.CommandStep;
import dev.kamalbackup.plan.LoadStep;
import dev.kamalbackup.plan.RestorePlan;
import dev.kamalbackup.process.Cancellation;
import dev.kamalbackup.process.ProcessLauncher;
import dev.kamalbackup.restic.DumpFetch;
import dev.kamalbackup.restic.Node;
import dev.kamalbackup.restic.Restic;
import dev.kamalbackup.run.StepRunner;
import dev.kamalbackup.tag.DumpPath;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Restores one database: fetches its dump whole, proves it, and only then lets the adapter's steps change the target. */
final class DatabaseRestore {
    private final Restic restic;
    private final ProcessLauncher launcher;
    private final String app;
    private final RestoreTask.DatabaseTarget task;
    private final RestorePlan plan;

    DatabaseRestore(
            Restic restic, ProcessLauncher launcher, String app, RestoreTask.DatabaseTarget task, RestorePlan plan) {
        this.restic = restic;
        this.launcher = launcher;
        this.app = app;
        this.task = task;
        this.plan = plan;
    }

    /** Fetches and proves the dump and runs the adapter's preflight; the target is not touched. */
    void fetch(Cancellation cancellation) {
        String path = dumpPath(cancellation);
        DumpFetch fetched = restic.fetchDump(task.snapshot().id(), path, plan.dump(), cancellation);
        require(
                plan.proof().flaw(fetched.sample()).map(flaw -> "the dump in the snapshot is not whole: " + flaw),
                "restore another run");
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

    /** Loads the dump into the target. */
    void load(Cancellation cancellation) {
        LoadRunner runner = new LoadRunner(launcher);
        for (LoadStep step : plan.load()) {
            String hint = step instanceof LoadStep.Run run ? run.step().hint() : ((LoadStep.Chain) step).hint();
            require(runner.run(step, cancellation).map(flaw -> "could not " + step.name() + ": " + flaw), hint);
        }
        runAll(plan.verify(), cancellation);
    }

    /** A snapshot of one stream names it as its path; otherwise what is in it is looked through. */
    private String dumpPath(Cancellation cancellation) {
        return task.snapshot().paths().stream()
                .filter(this::isDump)
                .findFirst()
                .or(() -> restic.list(task.snapshot().id(), cancellation).stream()
                        .filter(node -> node.type().equals("file"))
                        .map(Node::path)
                        .filter(this::isDump)
                        .findFirst())
                .orElseThrow(() -> failure(
                        "snapshot " + task.snapshot().shortId() + " holds no dump of it", "restore another run"));
    }

    private boolean isDump(String path) {
        return DumpPath.matches(path, app, task.database(), task.adapter());
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
