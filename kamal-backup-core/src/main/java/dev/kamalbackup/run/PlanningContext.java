package dev.kamalbackup.run;

import dev.kamalbackup.process.Cancellation;
import dev.kamalbackup.process.Command;
import dev.kamalbackup.process.CommandOutput;
import dev.kamalbackup.process.ProcessLauncher;
import dev.kamalbackup.process.ToolPath;
import dev.kamalbackup.spi.AdapterContext;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** What an adapter may use while it plans, for one database. */
public final class PlanningContext implements AdapterContext {
    private final Map<String, String> environment;
    private final Path scratch;
    private final ProcessLauncher launcher;
    private final Cancellation cancellation;

    public PlanningContext(
            Map<String, String> environment, Path scratch, ProcessLauncher launcher, Cancellation cancellation) {
        this.environment = Map.copyOf(environment);
        this.scratch = scratch;
        this.launcher = launcher;
        this.cancellation = cancellation;
    }

    @Override
    public Map<String, String> environment() {
        return environment;
    }

    @Override
    public Path scratch() {
        return scratch;
    }

    @Override
    public Optional<Path> find(String program) {
        return new ToolPath(environment).find(program);
    }

    @Override
    public CommandOutput query(Command command, Duration timeout) {
        return launcher.run(command, timeout, cancellation);
    }
}
