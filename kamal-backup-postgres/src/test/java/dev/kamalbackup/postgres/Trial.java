package dev.kamalbackup.postgres;

import dev.kamalbackup.config.DatabaseSettings;
import dev.kamalbackup.plan.DumpPlan;
import dev.kamalbackup.process.Cancellation;
import dev.kamalbackup.process.ExecLauncher;
import dev.kamalbackup.redact.Redactor;
import dev.kamalbackup.run.PlanningContext;
import dev.kamalbackup.spi.AdapterContext;
import dev.kamalbackup.testing.PlanExecutor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** Carries out the adapter's plans with real programs, and files in the place of a repository. */
final class Trial {
    private final Path folder;
    private final PostgresAdapter adapter;
    private final Map<String, String> environment = new TreeMap<>();
    private final ExecLauncher launcher = ExecLauncher.detect(Redactor.none(), System.getenv());
    private final PlanExecutor executor = new PlanExecutor(launcher);

    Trial(Path folder) {
        this(folder, new PostgresAdapter());
    }

    Trial(Path folder, PostgresAdapter adapter) {
        this.folder = folder;
        this.adapter = adapter;
        environment.put("PATH", System.getenv("PATH"));
    }

    Trial with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    AdapterContext context() throws IOException {
        Path scratch = Files.createTempDirectory(folder, "scratch");
        return new PlanningContext(environment, scratch, launcher, new Cancellation());
    }

    Path dump(DatabaseSettings database) throws IOException {
        AdapterContext context = context();
        DumpPlan plan = adapter.planDump(database, context);
        Path dump = context.scratch().resolve("dump");
        executor.dump(plan, context.scratch(), dump);
        return dump;
    }

    void restore(Path dump, DatabaseSettings target) throws IOException {
        executor.restore(adapter.planRestore(target, context()), dump);
    }
}
