package dev.kamalbackup.postgres;

import dev.kamalbackup.process.Command;
import dev.kamalbackup.process.CommandOutput;
import dev.kamalbackup.spi.AdapterContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A context in which a test says what is installed and what programs answer; nothing is started. */
final class FakeContext implements AdapterContext {
    final List<Command> asked = new ArrayList<>();
    private final Map<String, String> environment = new TreeMap<>();
    private final Map<String, String> versionsOnPath = new TreeMap<>();
    private final Path folder;
    private CommandOutput serverVersion = new CommandOutput(0, "150018\n", "");

    /** Nothing is installed, not even below the usual folder. */
    FakeContext(Path folder) {
        this.folder = folder;
        environment.put("PATH", "/usr/bin");
        environment.put("KAMAL_BACKUP_POSTGRES_CLIENT_ROOT", folder.toString());
    }

    FakeContext with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    /** Programs of this version, by the folder. */
    FakeContext installed(int major, String... programs) throws Exception {
        for (String program : programs) {
            Path file = Files.createDirectories(folder.resolve(major + "/bin")).resolve(program);
            if (!Files.writeString(file, "").toFile().setExecutable(true)) {
                throw new AssertionError(file + " cannot be made executable");
            }
        }
        return this;
    }

    /** A program on the PATH and what it says of its version. */
    FakeContext onPath(String program, String version) {
        versionsOnPath.put(program, version);
        return this;
    }

    FakeContext serverAnswers(int exitCode, String stdout, String stderr) {
        serverVersion = new CommandOutput(exitCode, stdout, stderr);
        return this;
    }

    @Override
    public Map<String, String> environment() {
        return environment;
    }

    @Override
    public Path scratch() {
        return Path.of("/scratch");
    }

    @Override
    public Optional<Path> find(String program) {
        return versionsOnPath.containsKey(program) ? Optional.of(Path.of("/usr/bin", program)) : Optional.empty();
    }

    @Override
    public CommandOutput query(Command command, Duration timeout) {
        asked.add(command);
        return command.arguments().equals(List.of("--version"))
                ? new CommandOutput(0, versionsOnPath.getOrDefault(command.name(), ""), "")
                : command.arguments().contains("SHOW server_version_num") ? serverVersion : mayReadAll();
    }

    private static CommandOutput mayReadAll() {
        return new CommandOutput(0, "", "");
    }
}
