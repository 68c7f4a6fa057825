package dev.kamalbackup.postgres;

import dev.kamalbackup.error.Fault;
import dev.kamalbackup.error.ToolException;
import dev.kamalbackup.spi.AdapterContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The PostgreSQL programs at hand: version folders ({@code ROOT/MAJOR/bin}), as Debian lays them out, else the PATH. A
 * pg_dump older than the server refuses to dump.
 */
final class PostgresClients {
    private static final String ROOT_VARIABLE = "KAMAL_BACKUP_POSTGRES_CLIENT_ROOT";
    private static final String DEBIAN = "/usr/lib/postgresql";

    private final AdapterContext context;
    private final Path root;

    PostgresClients(AdapterContext context) {
        this.context = context;
        this.root = Path.of(context.environment().getOrDefault(ROOT_VARIABLE, DEBIAN));
    }

    /** The program of the lowest major version that is not below the server's; else the one on the PATH. */
    String atLeast(String program, int serverMajor, String operation) {
        Map<Integer, Path> folders = versions(program);
        return folders.entrySet().stream()
                .filter(entry -> entry.getKey() >= serverMajor)
                .map(entry -> entry.getValue().toString())
                .findFirst()
                .orElseGet(() -> {
                    if (!folders.isEmpty()) {
                        throw missing(
                                program,
                                operation,
                                "the server is PostgreSQL " + serverMajor + ", and below " + root + " there are only "
                                        + list(folders),
                                "install postgresql-client-" + serverMajor);
                    }
                    return onPath(program, operation);
                });
    }

    /** The program of the highest major version; else the one on the PATH. */
    String newest(String program, String operation) {
        return versions(program).entrySet().stream()
                .max(Comparator.comparingInt(Map.Entry::getKey))
                .map(entry -> entry.getValue().toString())
                .orElseGet(() -> onPath(program, operation));
    }

    private String onPath(String program, String operation) {
        return context.find(program)
                .map(Path::toString)
                .orElseThrow(() -> missing(
                        program,
                        operation,
                        program + " is neither below " + root + " nor on the PATH",
                        "install it: apt-get install postgresql-client"));
    }

    private Map<Integer, Path> versions(String program) {
        Map<Integer, Path> found = new TreeMap<>();
        if (!Files.isDirectory(root)) {
            return found;
        }
        try (Stream<Path> folders = Files.list(root)) {
            List<Path> numbered = folders.filter(
                            folder -> folder.getFileName().toString().matches("\\d{1,3}"))
                    .toList();
            for (Path folder : numbered) {
                Path file = folder.resolve("bin").resolve(program);
                if (Files.isExecutable(file)) {
                    found.put(Integer.valueOf(folder.getFileName().toString()), file);
                }
            }
            return found;
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot look into " + root, unreadable);
        }
    }

    private static String list(Map<Integer, Path> folders) {
        return folders.keySet().stream().map(String::valueOf).collect(Collectors.joining(", "));
    }

    private static ToolException missing(String program, String operation, String reason, String hint) {
        return new ToolException(new Fault(operation, program, reason, hint));
    }
}
