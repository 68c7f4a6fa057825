package dev.kamalbackup.spi;

import dev.kamalbackup.config.DatabaseSettings;
import dev.kamalbackup.plan.CommandStep;
import dev.kamalbackup.plan.DumpPlan;
import dev.kamalbackup.plan.TableRows;
import dev.kamalbackup.process.Cancellation;
import dev.kamalbackup.process.ExecLauncher;
import dev.kamalbackup.redact.Redactor;
import dev.kamalbackup.run.CountedDump;
import dev.kamalbackup.run.PlanningContext;
import dev.kamalbackup.testing.PlanExecutor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.io.TempDir;

/** How a test of an adapter dumps and restores. */
public abstract class DatabaseAdapterContractTrials extends DatabaseAdapterContractBasics {
    static final Map<String, String> NOT_FOR_THE_ADAPTER = Map.of(
            "RESTIC_PASSWORD", "canary-repository-0a",
            "AWS_SECRET_ACCESS_KEY", "canary-store-0b",
            "SECRET_KEY_BASE", "canary-app-0c",
            "LD_PRELOAD", "/nowhere/canary.so");

    @TempDir
    Path folder;

    DatabaseAdapterContractTrials() {}

    /** Where the adapter's programs are. */
    protected Map<String, String> environment() {
        return Map.of("PATH", System.getenv("PATH"));
    }

    /** Dumps this database into a file, as the adapter plans it. */
    protected final Path dump(DatabaseSettings database) throws IOException {
        Path scratch = Files.createTempDirectory(folder, "dump");
        Path file = scratch.resolve("repository");
        DumpPlan plan = adapter().planDump(database, context(scratch.resolve("scratch")));
        executor().dump(plan, scratch.resolve("scratch"), file);
        return file;
    }

    /** Dumps this database into this file and counts its rows meanwhile. */
    final TableRows countedDump(DatabaseSettings database, Path file) throws IOException {
        Path scratch = Files.createTempDirectory(folder, "dump").resolve("scratch");
        return CountedDump.dump(adapter().planDump(database, context(scratch)), launcher(), scratch, file);
    }

    /** Restores this file into this database, as the adapter plans it. */
    protected final void restore(Path dump, DatabaseSettings target, String scratch) throws IOException {
        executor().restore(adapter().planRestore(target, RestoreOptions.none(), context(scratch)), dump);
    }

    static void carryOut(List<CommandStep> steps) {
        steps.forEach(step -> executor().flaw(step).ifPresent(flaw -> {
            throw new AssertionError(flaw);
        }));
    }

    final AdapterContext context(String scratch) {
        return context(folder.resolve(scratch));
    }

    /** A context whose environment is full of what is none of the adapter's business. */
    private AdapterContext context(Path scratch) {
        Map<String, String> environment = new TreeMap<>(NOT_FOR_THE_ADAPTER);
        environment.putAll(environment());
        return new PlanningContext(environment, scratch, launcher(), new Cancellation());
    }

    private static PlanExecutor executor() {
        return new PlanExecutor(launcher());
    }

    static ExecLauncher launcher() {
        return ExecLauncher.detect(Redactor.none(), System.getenv());
    }
}
