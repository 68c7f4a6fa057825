package dev.kamalbackup.settings;

import dev.kamalbackup.error.ToolException;
import dev.kamalbackup.process.Cancellation;
import dev.kamalbackup.process.ChildEnvironment;
import dev.kamalbackup.process.Command;
import dev.kamalbackup.process.CommandOutput;
import dev.kamalbackup.process.ProcessLauncher;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Runs the user's own program that prints a secret, as in {@code [op, read, "op://vault/item"]}. */
final class SecretCommand {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final int LONGEST = 64 * 1024;

    private final ProcessLauncher launcher;
    private final Map<String, String> environment;

    SecretCommand(ProcessLauncher launcher, Map<String, String> environment) {
        this.launcher = launcher;
        this.environment = environment;
    }

    /** What the program prints, trimmed; empty, after telling why, if it fails or prints nothing. */
    Optional<String> run(List<String> line, Consumer<String> failed) {
        // Unlike every other child it gets the whole environment: where a password manager finds its own credentials
        // only the user knows.
        ChildEnvironment all = ChildEnvironment.basics(environment);
        for (Map.Entry<String, String> variable : environment.entrySet()) {
            all = all.with(variable.getKey(), variable.getValue());
        }
        Command command = new Command(line.get(0), line.subList(1, line.size()), all);
        CommandOutput output;
        try {
            output = launcher.run(command, TIMEOUT, new Cancellation());
        } catch (ToolException notRun) {
            failed.accept(notRun.fault().summary());
            return Optional.empty();
        }
        String secret = output.stdout().strip();
        if (!output.succeeded()) {
            failed.accept(command.name() + " failed with exit code " + output.exitCode()
                    + (output.stderr().isEmpty() ? "" : ": " + output.stderr()));
            return Optional.empty();
        }
        if (secret.isEmpty() || secret.length() > LONGEST) {
            failed.accept(command.name() + (secret.isEmpty() ? " printed nothing" : " printed too much for a secret"));
            return Optional.empty();
        }
        return Optional.of(secret);
    }
}
