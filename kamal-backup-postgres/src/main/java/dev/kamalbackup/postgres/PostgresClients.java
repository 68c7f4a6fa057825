package dev.kamalbackup.postgres;

import dev.kamalbackup.process.Command;
import dev.kamalbackup.process.CommandOutput;
import dev.kamalbackup.spi.AdapterContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The PostgreSQL programs at hand: in folders by version ({@code ROOT/MAJOR/bin}, as Debian lays them out) and on the
 * PATH. A pg_dump older than the server refuses to work, and a pg_restore older than an archive cannot read it.
 */
final class PostgresClients {
    static final String ROOT_VARIABLE = "KAMAL_BACKUP_POSTGRES_CLIENT_ROOT";
    static final String PROBE_VARIABLE = "KAMAL_BACKUP_POSTGRES_PROBE_BIN";
    private static final String DEBIAN_ROOT = "/usr/lib/postgresql";
    private static final Duration LONGEST = Duration.ofMinutes(1);
    private static final Pattern VERSION = Pattern.compile("\\(PostgreSQL\\) (\\d+)");

    private final AdapterContext context;
    private final PostgresTask task;
    private final String root;

    PostgresClients(AdapterContext context, PostgresTask task) {
        this.context = context;
        this.task = task;
        String wanted = context.environment().getOrDefault(ROOT_VARIABLE, "");
        this.root = wanted.isBlank() ? DEBIAN_ROOT : wanted;
    }

    /**
     * The programs of one version.
     *
     * @param major the major version
     * @param folder where they are; empty for those on the PATH
     */
    record Client(int major, Optional<Path> folder) {
        /** The program as a command names it. */
        String program(String name) {
            return folder.map(path -> path.resolve(name).toString()).orElse(name);
        }
    }

    /** The psql that asks a server for its version; any version can. */
    String probe() {
        String wanted = context.environment().getOrDefault(PROBE_VARIABLE, "");
        return wanted.isBlank() ? newest("psql").program("psql") : wanted;
    }

    /** Those nearest to this server's version that are not older than it. */
    Client notOlderThan(int server, String program) {
        Predicate<Client> fits = client -> client.major() >= server;
        Comparator<Client> byVersion = Comparator.comparingInt(Client::major);
        List<Client> folders = inFolders(program);
        return folders.stream()
                .filter(fits)
                .min(byVersion)
                .or(() -> onPath(program).filter(fits))
                .orElseThrow(() -> task.failed(
                        "the server is PostgreSQL " + server + ", and no " + program + " here is that new ("
                                + found(folders, program) + ")",
                        install("postgresql-client-" + server)));
    }

    /** The newest at hand that have all these programs. */
    Client newest(String... programs) {
        return Stream.concat(inFolders(programs).stream(), onPath(programs).stream())
                .max(Comparator.comparingInt(Client::major))
                .orElseThrow(() -> task.failed(
                        String.join(" and ", programs) + ": neither in " + root + "/VERSION/bin nor on the PATH",
                        install("postgresql-client")));
    }

    /** How to get a package of clients, or point at those that are elsewhere. */
    String install(String pack) {
        return "apt-get install " + pack + " (PostgreSQL's own apt archive has every version), or name in "
                + ROOT_VARIABLE + " a folder that holds VERSION/bin";
    }

    private List<Client> inFolders(String... programs) {
        Path folder = Path.of(root);
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        List<Client> clients = new ArrayList<>();
        try (Stream<Path> versions = Files.list(folder)) {
            for (Path version : versions.sorted().toList()) {
                String name = version.getFileName().toString();
                Path bin = version.resolve("bin");
                if (name.matches("\\d{1,3}")
                        && Stream.of(programs).allMatch(program -> Files.isExecutable(bin.resolve(program)))) {
                    clients.add(new Client(Integer.parseInt(name), Optional.of(bin)));
                }
            }
            return clients;
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot look into " + root, unreadable);
        }
    }

    /** Those on the PATH; of a program that is a link into several versions, its own word on its version counts. */
    private Optional<Client> onPath(String... programs) {
        for (String program : programs) {
            if (context.find(program).isEmpty()) {
                return Optional.empty();
            }
        }
        CommandOutput answer =
                context.query(new Command(programs[0], List.of("--version"), context.childEnvironment()), LONGEST);
        Matcher version = VERSION.matcher(answer.stdout());
        return answer.succeeded() && version.find()
                ? Optional.of(new Client(Integer.parseInt(version.group(1)), Optional.empty()))
                : Optional.empty();
    }

    private String found(List<Client> folders, String program) {
        List<String> found = folders.stream()
                .map(client -> client.major() + " in " + root)
                .collect(Collectors.toCollection(ArrayList::new));
        onPath(program).ifPresent(client -> found.add(client.major() + " on the PATH"));
        return found.isEmpty() ? "there is none in " + root + " or on the PATH" : "found: " + String.join(", ", found);
    }
}
