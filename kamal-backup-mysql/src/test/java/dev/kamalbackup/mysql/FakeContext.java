package dev.kamalbackup.mysql;

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

/** A context in which a test says what is installed and what programs and the server answer; nothing is started. */
final class FakeContext implements AdapterContext {
    static final String MARIADB_10_11 = "mariadb  Ver 15.1 Distrib 10.11.19-MariaDB, for debian-linux-gnu (x86_64)";
    static final String MYSQL_8 = "mysql  Ver 8.0.33 for Linux on x86_64 (MySQL Community Server - GPL)";

    final List<Command> asked = new ArrayList<>();
    private final Map<String, String> environment = new TreeMap<>(Map.of("PATH", "/usr/bin"));
    private final Map<String, String> versions = new TreeMap<>();
    private final Map<String, CommandOutput> servers = new TreeMap<>();
    private final Path folder;
    private String help = "  --sandbox  Disallow commands";
    private String unreadable = "";
    private String users = "`u`@`%`\n`other`@`%`\n";
    private String routines = "";
    private boolean guardedBinaryLog;
    private String grants = "GRANT ALL PRIVILEGES ON *.* TO `u`@`%`";

    FakeContext(Path folder) {
        this.folder = folder;
    }

    FakeContext with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    /** Programs on the PATH that say this of their version. */
    FakeContext installed(String version, String... programs) throws Exception {
        for (String program : programs) {
            Files.writeString(folder.resolve(program), "");
            versions.put(folder.resolve(program).toString(), version);
        }
        return this;
    }

    /** A program on the PATH that is a link to another. */
    FakeContext link(String name, String program) throws Exception {
        Files.createSymbolicLink(folder.resolve(name), folder.resolve(program));
        versions.put(
                folder.resolve(name).toString(),
                versions.get(folder.resolve(program).toString()));
        return this;
    }

    /** What the server answers to this client. */
    FakeContext server(String client, int exitCode, String stdout, String stderr) {
        servers.put(folder.resolve(client).toString(), new CommandOutput(exitCode, stdout, stderr));
        return this;
    }

    FakeContext grants(String lines) {
        grants = lines;
        return this;
    }

    /** What the server says when the rows of its one table are asked for. */
    FakeContext unreadable(String error) {
        unreadable = error;
        return this;
    }

    /** All users of the server; an empty text if the user may not see them. */
    FakeContext users(String lines) {
        users = lines;
        return this;
    }

    /** A server that takes triggers and functions from administrators only. */
    FakeContext guardedBinaryLog() {
        guardedBinaryLog = true;
        return this;
    }

    /** The routines in the target that the user sees. */
    FakeContext routines(String lines) {
        routines = lines;
        return this;
    }

    FakeContext withoutSandbox() {
        help = "";
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
        Path file = program.contains("/") ? Path.of(program) : folder.resolve(program);
        return versions.containsKey(file.toString()) ? Optional.of(file) : Optional.empty();
    }

    @Override
    public CommandOutput query(Command command, Duration timeout) {
        asked.add(command);
        String line = String.join(" ", command.arguments());
        if (line.contains("--version")) {
            return new CommandOutput(0, versions.getOrDefault(command.program(), ""), "");
        }
        if (line.contains("--help")) {
            return new CommandOutput(0, help, "");
        }
        if (line.contains("CURRENT_USER")) {
            return new CommandOutput(0, "`u`@`%`\n", "");
        }
        if (line.contains("mysql.user")) {
            return users.isEmpty() ? new CommandOutput(1, "", "ERROR 1142") : new CommandOutput(0, users, "");
        }
        if (line.contains("@@log_bin")) {
            return new CommandOutput(0, guardedBinaryLog ? "1\n" : "0\n", "");
        }
        if (line.contains("SHOW GRANTS")) {
            return new CommandOutput(grants.isEmpty() ? 1 : 0, grants, grants.isEmpty() ? "ERROR 2013 (HY000)" : "");
        }
        if (line.contains("information_schema.routines")) {
            return new CommandOutput(0, routines, "");
        }
        if (line.contains("information_schema.tables")) {
            return new CommandOutput(0, "orders\n", "");
        }
        if (line.contains("FROM `orders` LIMIT 0") && !unreadable.isEmpty()) {
            return new CommandOutput(1, "", unreadable);
        }
        return servers.getOrDefault(command.program(), new CommandOutput(1, "", "no server"));
    }
}
