package dev.kamalbackup.rails;

import dev.kamalbackup.error.ToolException;
import dev.kamalbackup.process.Cancellation;
import dev.kamalbackup.process.ChildEnvironment;
import dev.kamalbackup.process.Command;
import dev.kamalbackup.process.CommandOutput;
import dev.kamalbackup.process.ProcessLauncher;
import dev.kamalbackup.process.ToolPath;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Evaluates a template with the {@code ruby} at hand, as Rails does; for what is not understood without. */
public final class RubyProgram {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    /** The template may want any variable of the app's, and none of the backup's. */
    private static final List<String> WITHHELD = List.of("RESTIC_", "AWS_", "B2_", "AZURE_", "GOOGLE_", "RCLONE_");

    private static final String EVALUATE = "print ERB.new(File.read(ARGV[0]), trim_mode: '-').result";

    private final ProcessLauncher launcher;
    private final Map<String, String> environment;

    public RubyProgram(ProcessLauncher launcher, Map<String, String> environment) {
        this.launcher = launcher;
        this.environment = Map.copyOf(environment);
    }

    /** The evaluated template; empty, after telling why, if there is no ruby or it fails. */
    Optional<String> evaluate(Path template, Consumer<String> failed) {
        if (new ToolPath(environment).find("ruby").isEmpty()) {
            failed.accept("there is no ruby on the PATH to evaluate it");
            return Optional.empty();
        }
        ChildEnvironment variables = ChildEnvironment.basics(environment);
        for (Map.Entry<String, String> variable : environment.entrySet()) {
            if (WITHHELD.stream().noneMatch(variable.getKey()::startsWith)) {
                variables = variables.with(variable.getKey(), variable.getValue());
            }
        }
        Command command = new Command("ruby", List.of("-rerb", "-e", EVALUATE, template.toString()), variables);
        try {
            CommandOutput output = launcher.run(command, TIMEOUT, new Cancellation());
            if (output.succeeded()) {
                return Optional.of(output.stdout());
            }
            failed.accept("ruby cannot evaluate it: "
                    + output.stderr().lines().findFirst().orElse("exit code " + output.exitCode()));
        } catch (ToolException notRun) {
            failed.accept(notRun.fault().summary());
        }
        return Optional.empty();
    }
}
