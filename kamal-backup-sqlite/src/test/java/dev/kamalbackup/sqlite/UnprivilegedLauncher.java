package dev.kamalbackup.sqlite;

import dev.kamalbackup.process.Cancellation;
import dev.kamalbackup.process.ChildProcess;
import dev.kamalbackup.process.Command;
import dev.kamalbackup.process.CommandOutput;
import dev.kamalbackup.process.ProcessLauncher;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Starts programs as a user to whom file permissions apply: as nobody if these tests run as root. */
record UnprivilegedLauncher(ProcessLauncher launcher) implements ProcessLauncher {
    @Override
    public ChildProcess start(Command command, Consumer<String> stderrLines) {
        return launcher.start(unprivileged(command), stderrLines);
    }

    @Override
    public CommandOutput run(Command command, Duration timeout, Cancellation cancellation) {
        return launcher.run(unprivileged(command), timeout, cancellation);
    }

    private static Command unprivileged(Command command) {
        if (!"root".equals(System.getProperty("user.name"))) {
            return command;
        }
        List<String> arguments = new ArrayList<>(List.of("--reuid=65534", "--regid=65534", "--clear-groups", "--"));
        arguments.addAll(command.line());
        return new Command("setpriv", arguments, command.environment());
    }
}
