package dev.kamalbackup.sqlite;

import dev.kamalbackup.plan.CommandStep;
import dev.kamalbackup.plan.DumpPlan;
import dev.kamalbackup.plan.LoadStep;
import dev.kamalbackup.plan.RestorePlan;
import dev.kamalbackup.process.ProcessLauncher;
import dev.kamalbackup.spi.RestoreOptions;
import dev.kamalbackup.testing.PlanExecutor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** The adapter's plans carried out in a test's folder, with one file in the place of the repository. */
record Trial(Path folder) {
    /** As long as a lock may be held that is going to stay. */
    static final Duration SHORT = Duration.ofSeconds(1);

    /** Longer than any lock is held that is going to be released. */
    static final Duration LONG = Duration.ofSeconds(30);

    /** What is dumped into and restored from. */
    Path dump() {
        return folder.resolve("dump");
    }

    Path scratch() {
        return folder.resolve("scratch");
    }

    DumpPlan planDump(Path database, Duration lockWait) {
        return new SqliteAdapter(lockWait).planDump(Sqlite.settings(database), Sqlite.context(scratch()));
    }

    void dump(Path database, Duration lockWait) throws IOException {
        dump(planDump(database, lockWait), Sqlite.launcher());
    }

    void dump(DumpPlan plan, ProcessLauncher launcher) throws IOException {
        new PlanExecutor(launcher).dump(plan, scratch(), dump());
    }

    RestorePlan planRestore(Path target, Duration lockWait) {
        return new SqliteAdapter(lockWait)
                .planRestore(Sqlite.settings(target), RestoreOptions.none(), Sqlite.context(scratch()));
    }

    void restore(Path target, Duration lockWait) throws IOException {
        restore(planRestore(target, lockWait), Sqlite.launcher());
    }

    void restore(RestorePlan plan, ProcessLauncher launcher) throws IOException {
        new PlanExecutor(launcher).restore(plan, dump());
    }

    /** The step that restores, without those before it. */
    static CommandStep load(RestorePlan plan) {
        if (plan.load().get(plan.load().size() - 1) instanceof LoadStep.Run run) {
            return run.step();
        }
        throw new AssertionError("the load is a single program");
    }

    /** Something that goes on while the test does something else. */
    static CompletableFuture<Void> aside(Work work) {
        return CompletableFuture.runAsync(() -> {
            try {
                work.run();
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        });
    }

    /** Work on files. */
    interface Work {
        void run() throws IOException;
    }
}
