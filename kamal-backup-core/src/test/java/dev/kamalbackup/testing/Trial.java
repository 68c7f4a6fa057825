package dev.kamalbackup.testing;

import dev.kamalbackup.config.DatabaseSettings;
import dev.kamalbackup.drill.Blob;
import dev.kamalbackup.drill.Inspector;
import dev.kamalbackup.plan.CommandStep;
import dev.kamalbackup.plan.DumpPlan;
import dev.kamalbackup.plan.TableRows;
import dev.kamalbackup.process.Cancellation;
import dev.kamalbackup.process.ExecLauncher;
import dev.kamalbackup.redact.Redactor;
import dev.kamalbackup.run.CountedDump;
import dev.kamalbackup.run.PlanningContext;
import dev.kamalbackup.spi.AdapterContext;
import dev.kamalbackup.spi.DatabaseAdapter;
import dev.kamalbackup.spi.RestoreOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Carries out an adapter's plans with real programs, and files in the place of a repository. */
public final class Trial {
    private final Path folder;
    private final DatabaseAdapter adapter;
    private final Map<String, String> environment;
    private final ExecLauncher launcher;
    private final PlanExecutor executor;
    private RestoreOptions options = RestoreOptions.none();

    /** With what the adapter sees of the environment: the PATH, at least. */
    public Trial(Path folder, DatabaseAdapter adapter, Map<String, String> environment) {
        this.folder = folder;
        this.adapter = adapter;
        this.environment = new TreeMap<>(environment);
        this.launcher = ExecLauncher.detect(Redactor.none(), environment);
        this.executor = new PlanExecutor(launcher);
    }

    /** With another variable. */
    public Trial with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    /** For restores that are asked for more than to restore. */
    public Trial with(RestoreOptions wanted) {
        options = wanted;
        return this;
    }

    /** What the adapter is given; its scratch folder is a new one. */
    public AdapterContext context() throws IOException {
        Path scratch = Files.createTempDirectory(folder, "scratch");
        return new PlanningContext(environment, scratch, launcher, new Cancellation());
    }

    /** Dumps and returns the file. */
    public Path dump(DatabaseSettings database) throws IOException {
        AdapterContext context = context();
        DumpPlan plan = adapter.planDump(database, context);
        Path dump = context.scratch().resolve("dump");
        executor.dump(plan, context.scratch(), dump);
        return dump;
    }

    /** Dumps and counts the rows meanwhile, as a backup does. */
    public Counted dumpAndCount(DatabaseSettings database) throws IOException {
        AdapterContext context = context();
        Path dump = context.scratch().resolve("dump");
        TableRows rows = CountedDump.dump(adapter.planDump(database, context), launcher, context.scratch(), dump);
        return new Counted(dump, rows);
    }

    /**
     * A dump and its rows.
     *
     * @param dump the file
     * @param rows what was counted while it was made
     */
    public record Counted(Path dump, TableRows rows) {}

    /** How many rows each table has. */
    public SortedMap<String, Long> rows(DatabaseSettings database) throws IOException {
        return new Inspector(launcher)
                .rows(adapter.planInspection(database, context()), true, new Cancellation())
                .tables();
    }

    /** How many rows of each foreign key point nowhere. */
    public SortedMap<String, Long> danglingRows(DatabaseSettings database) throws IOException {
        return new Inspector(launcher).danglingRows(adapter.planInspection(database, context()), new Cancellation());
    }

    /** All blobs. */
    public List<Blob> blobs(DatabaseSettings database) throws IOException {
        List<Blob> blobs = new ArrayList<>();
        new Inspector(launcher).blobs(adapter.planInspection(database, context()), blobs::add, new Cancellation());
        return blobs;
    }

    /** Runs steps of a plan; one that fails is a failure of the test. */
    public void carryOut(List<CommandStep> steps) {
        steps.forEach(step -> executor.flaw(step).ifPresent(flaw -> {
            throw new AssertionError(flaw);
        }));
    }

    /** Restores from a file. */
    public void restore(Path dump, DatabaseSettings target) throws IOException {
        executor.restore(adapter.planRestore(target, options, context()), dump);
    }
}
