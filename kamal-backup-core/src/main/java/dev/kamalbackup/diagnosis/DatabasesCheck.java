package dev.kamalbackup.diagnosis;

import dev.kamalbackup.config.DatabaseSettings;
import dev.kamalbackup.config.Settings;
import dev.kamalbackup.error.KamalBackupException;
import dev.kamalbackup.error.ToolException;
import dev.kamalbackup.plan.DumpPlan;
import dev.kamalbackup.plan.DumpSource;
import dev.kamalbackup.process.Cancellation;
import dev.kamalbackup.process.ChildEnvironment;
import dev.kamalbackup.process.Command;
import dev.kamalbackup.process.CommandOutput;
import dev.kamalbackup.process.ProcessLauncher;
import dev.kamalbackup.process.ToolPath;
import dev.kamalbackup.run.PlanningContext;
import dev.kamalbackup.spi.AdapterContext;
import dev.kamalbackup.spi.Adapters;
import dev.kamalbackup.spi.DatabaseAdapter;
import dev.kamalbackup.spi.Tool;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Whether each database could be dumped now: reachable, readable, its tools at hand. */
final class DatabasesCheck {
    private static final Duration TOOL_TIMEOUT = Duration.ofSeconds(30);

    private final Settings settings;
    private final Adapters adapters;
    private final Map<String, String> environment;
    private final Path scratch;
    private final ProcessLauncher launcher;
    private final Cancellation cancellation;

    DatabasesCheck(
            Settings settings,
            Adapters adapters,
            Map<String, String> environment,
            Path scratch,
            ProcessLauncher launcher,
            Cancellation cancellation) {
        this.settings = settings;
        this.adapters = adapters;
        this.environment = environment;
        this.scratch = scratch;
        this.launcher = launcher;
        this.cancellation = cancellation;
    }

    /** The programs of the adapters in use. One that is missing is no failure: another version may do. */
    List<Finding> tools() {
        Set<Tool> tools = new LinkedHashSet<>();
        settings.databases()
                .forEach(
                        database -> tools.addAll(adapter(database).description().tools()));
        return tools.stream().map(this::tool).toList();
    }

    /** The databases that are files, and whose file does not exist. */
    List<Finding> missing() {
        return settings.databases().stream()
                .flatMap(database -> adapter(database).liveFiles(database).stream()
                        .limit(1)
                        .filter(file -> !Files.exists(file))
                        .map(file -> Finding.failed(
                                subject(database),
                                file + " does not exist here",
                                "see that its volume is mounted at this place, or correct the path")))
                .toList();
    }

    /** For each database whether a dump of it can be planned, which asks it for all that a dump will need. */
    List<Finding> reachable() {
        return settings.databases().stream().map(this::reachable).toList();
    }

    /** What works today and will hurt one day. */
    List<Finding> concerns() {
        List<Finding> findings = new ArrayList<>();
        for (DatabaseSettings database : settings.databases()) {
            adapter(database).concerns(database, context(database)).stream()
                    .map(concern -> Finding.warning(subject(database), concern.text(), concern.fix()))
                    .forEach(findings::add);
        }
        return findings;
    }

    private Finding reachable(DatabaseSettings database) {
        try {
            DumpPlan plan = adapter(database).planDump(database, context(database));
            return Finding.ok(subject(database), plan.location() + ", dumped with " + programs(plan));
        } catch (KamalBackupException blocked) {
            return Finding.failed(subject(database), blocked);
        }
    }

    private static String programs(DumpPlan plan) {
        if (plan.source() instanceof DumpSource.Programs dumpers) {
            return dumpers.commands().stream().map(Command::program).distinct().collect(Collectors.joining(", "));
        }
        return plan.prepare().stream()
                .map(step -> step.command().program())
                .distinct()
                .collect(Collectors.joining(", "));
    }

    private Finding tool(Tool tool) {
        String subject = "tool " + tool.program();
        return new ToolPath(environment)
                .find(tool.program())
                .map(path -> version(tool, path, subject))
                .orElseGet(() ->
                        Finding.warning(subject, "not on the PATH", "if a database below needs it: " + tool.install()));
    }

    private Finding version(Tool tool, Path path, String subject) {
        Command command = new Command(path.toString(), tool.versionArguments(), ChildEnvironment.basics(environment));
        try {
            CommandOutput output = launcher.run(command, TOOL_TIMEOUT, cancellation);
            String version = output.stdout().lines().findFirst().orElse("").strip();
            return output.succeeded()
                    ? Finding.ok(subject, version + " (" + path + ")")
                    : Finding.failed(subject, path + " does not run: " + output.stderr(), tool.install());
        } catch (ToolException broken) {
            return Finding.failed(subject, broken);
        }
    }

    private DatabaseAdapter adapter(DatabaseSettings database) {
        return adapters.find(database.adapter()).orElseThrow();
    }

    private AdapterContext context(DatabaseSettings database) {
        return new PlanningContext(environment, scratch.resolve(database.name()), launcher, cancellation);
    }

    private static String subject(DatabaseSettings database) {
        return "database " + database.name();
    }
}
