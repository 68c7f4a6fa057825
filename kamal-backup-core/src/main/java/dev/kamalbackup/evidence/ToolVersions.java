package dev.kamalbackup.evidence;

import dev.kamalbackup.config.DatabaseSettings;
import dev.kamalbackup.error.CancelledException;
import dev.kamalbackup.error.KamalBackupException;
import dev.kamalbackup.error.ToolException;
import dev.kamalbackup.plan.CommandStep;
import dev.kamalbackup.plan.DumpPlan;
import dev.kamalbackup.plan.DumpSource;
import dev.kamalbackup.process.Cancellation;
import dev.kamalbackup.process.ChildEnvironment;
import dev.kamalbackup.process.Command;
import dev.kamalbackup.process.CommandOutput;
import dev.kamalbackup.process.ProcessLauncher;
import dev.kamalbackup.process.ToolPath;
import dev.kamalbackup.spi.AdapterContext;
import dev.kamalbackup.spi.DatabaseAdapter;
import dev.kamalbackup.spi.Tool;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The versions of the programs that a backup made now would use, asked of the programs themselves. */
final class ToolVersions {
    private static final String UNAVAILABLE = "unavailable";
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    /** The predecessor's names, which readers know, with the programs they may mean. */
    private static final Map<String, List<String>> KEYS = Map.of(
            "pg_dump", List.of("pg_dump"),
            "pg_restore", List.of("pg_restore"),
            "mysql_dump", List.of("mariadb-dump", "mysqldump"),
            "mysql_client", List.of("mariadb", "mysql"),
            "sqlite3", List.of("sqlite3"),
            "rclone", List.of("rclone"));

    private final Map<String, String> environment;
    private final ProcessLauncher launcher;
    private final Cancellation cancellation;

    /** Where the programs in use are; an adapter may choose among several versions, beside the PATH. */
    private final Set<Path> folders = new LinkedHashSet<>();

    private final Map<String, List<String>> arguments =
            new TreeMap<>(Map.of("rclone", List.of("version"), "sqlite3", List.of("-version")));
    private final Set<String> programs = new LinkedHashSet<>();

    ToolVersions(Map<String, String> environment, ProcessLauncher launcher, Cancellation cancellation) {
        this.environment = environment;
        this.launcher = launcher;
        this.cancellation = cancellation;
    }

    /** Learns which programs this database is dumped with. */
    void learn(DatabaseSettings database, DatabaseAdapter adapter, AdapterContext context) {
        for (Tool tool : adapter.description().tools()) {
            programs.add(tool.program());
            arguments.put(tool.program(), tool.versionArguments());
        }
        try {
            commands(adapter.planDump(database, context))
                    .map(command -> Path.of(command.program()))
                    .filter(Path::isAbsolute)
                    .forEach(program ->
                            folders.add(Optional.ofNullable(program.getParent()).orElse(program)));
        } catch (CancelledException cancelled) {
            throw cancelled;
        } catch (KamalBackupException blocked) {
            // What keeps it from being dumped is told by the next backup and by doctor. Nobody can say which program
            // would be chosen for it, so those on the PATH stand for it.
            return;
        }
    }

    /** The versions by name; {@code unavailable} where there is none. */
    Map<String, String> ask(String restic) {
        Map<String, String> versions = new LinkedHashMap<>();
        arguments.put(restic, List.of("version"));
        versions.put("restic", version(restic));
        Set<String> left = new LinkedHashSet<>(programs);
        KEYS.forEach((key, names) -> {
            versions.put(
                    key,
                    names.stream()
                            .map(this::version)
                            .filter(version -> !version.equals(UNAVAILABLE))
                            .findFirst()
                            .orElse(UNAVAILABLE));
            left.removeAll(names);
        });
        left.forEach(program -> versions.put(program, version(program)));
        return versions;
    }

    private String version(String program) {
        Optional<Path> found = folders.stream()
                .map(folder -> folder.resolve(program))
                .filter(Files::isExecutable)
                .findFirst()
                .or(() -> new ToolPath(environment).find(program));
        return found.map(path -> answer(path, arguments.getOrDefault(program, List.of("--version"))))
                .orElse(UNAVAILABLE);
    }

    private String answer(Path program, List<String> how) {
        try {
            CommandOutput output = launcher.run(
                    new Command(program.toString(), how, ChildEnvironment.basics(environment)), TIMEOUT, cancellation);
            return output.succeeded()
                    ? output.stdout().lines().findFirst().orElse(UNAVAILABLE).strip()
                    : UNAVAILABLE;
        } catch (ToolException broken) {
            // A program that cannot be run is none, whatever stands at its place.
            return UNAVAILABLE;
        }
    }

    private static Stream<Command> commands(DumpPlan plan) {
        Stream<Command> dumpers =
                plan.source() instanceof DumpSource.Programs source ? source.commands().stream() : Stream.empty();
        return Stream.concat(plan.prepare().stream().map(CommandStep::command), dumpers);
    }
}
