package dev.kamalbackup.sqlite;

import dev.kamalbackup.process.Command;
import dev.kamalbackup.process.CommandOutput;
import dev.kamalbackup.spi.AdapterContext;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** A context without any program behind it. */
record PlainContext(Path scratch, boolean installed) implements AdapterContext {
    @Override
    public Map<String, String> environment() {
        return Map.of("PATH", "/usr/bin", "RESTIC_PASSWORD", "canary", "SECRET_KEY_BASE", "canary");
    }

    @Override
    public Optional<Path> find(String program) {
        return installed ? Optional.of(Path.of("/usr/bin", program)) : Optional.empty();
    }

    @Override
    public CommandOutput query(Command command, Duration timeout) {
        throw new AssertionError("planning asks no program: " + command);
    }
}
