package dev.kamalbackup.mysql;

import dev.kamalbackup.process.Command;
import dev.kamalbackup.process.CommandOutput;
import dev.kamalbackup.spi.AdapterContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The MySQL and MariaDB programs at hand. Their names do not tell which they are: on Debian, {@code mysqldump} is a link
 * to {@code mariadb-dump}.
 */
record MysqlPrograms(AdapterContext context, MysqlTask task) {
    private static final String DUMP_VARIABLE = "MYSQL_DUMP_BIN";
    private static final String CLIENT_VARIABLE = "MYSQL_CLIENT_BIN";
    private static final Duration LONGEST = Duration.ofMinutes(1);

    /** The clients, at least one. */
    List<MysqlProgram> clients() {
        List<MysqlProgram> clients = programs(CLIENT_VARIABLE, "mariadb", "mysql");
        if (clients.isEmpty()) {
            throw missing("mariadb or mysql", CLIENT_VARIABLE);
        }
        return clients;
    }

    /** The dumper that fits the server. */
    MysqlProgram dumper(MysqlServer server) {
        List<MysqlProgram> dumpers = programs(DUMP_VARIABLE, "mariadb-dump", "mysqldump");
        if (dumpers.isEmpty()) {
            throw missing("mariadb-dump or mysqldump", DUMP_VARIABLE);
        }
        Optional<MysqlProgram> sameKind = dumpers.stream()
                .filter(dumper -> dumper.mariaDb() == server.mariaDb())
                .findFirst();
        if (sameKind.isEmpty() && !server.mariaDb()) {
            // Tried with MariaDB 10.11 and 11.8 against MySQL 8.0 and 9.7: exit code 0, and ERROR 3105 when it is
            // loaded.
            throw task.failed(
                    "the server is MySQL (" + server.version() + "), and "
                            + dumpers.get(0).path()
                            + " is MariaDB's: its dump of a table with a generated column could not be loaded again",
                    "install MySQL's own client, and name its mysqldump in " + DUMP_VARIABLE);
        }
        return sameKind.orElse(dumpers.get(0));
    }

    /** The client for loading: of the server's own kind if there is one, else the one that has connected. */
    MysqlProgram loader(MysqlServer server) {
        return clients().stream()
                .filter(client -> client.mariaDb() == server.mariaDb())
                .findFirst()
                .orElse(server.client());
    }

    /**
     * Whether this client takes the line by which MariaDB's dumps begin since 2024 ({@code enable the sandbox mode});
     * others take it for an unknown command and stop.
     */
    boolean knowsSandbox(MysqlProgram client) {
        return ask(client.path(), "--help").contains("--sandbox");
    }

    private List<MysqlProgram> programs(String variable, String... names) {
        String wanted = context.environment().getOrDefault(variable, "");
        List<MysqlProgram> programs = new ArrayList<>();
        Set<Path> seen = new HashSet<>();
        for (String name : wanted.isBlank() ? names : new String[] {wanted}) {
            Optional<Path> path = context.find(name);
            if (path.isPresent() && seen.add(real(path.get()))) {
                programs.add(new MysqlProgram(
                        path.get().toString(),
                        ask(path.get().toString(), "--version").contains("MariaDB")));
            }
        }
        if (programs.isEmpty() && !wanted.isBlank()) {
            throw task.failed(
                    variable + " names " + wanted + ", which is not there or may not be executed",
                    "correct " + variable + ", or unset it to take what is on the PATH");
        }
        return programs;
    }

    private String ask(String program, String question) {
        CommandOutput answer = context.query(
                // Option files could hold what this program does not know.
                new Command(program, List.of("--no-defaults", question), context.childEnvironment()), LONGEST);
        if (!answer.succeeded()) {
            throw task.failed(program + " " + question + " failed: " + answer.stderr(), "install it anew");
        }
        return answer.stdout();
    }

    private RuntimeException missing(String programs, String variable) {
        return task.failed(
                programs + ": neither is on the PATH",
                "apt-get install mariadb-client for a MariaDB server, MySQL's own client for a MySQL server; or name the"
                        + " program in " + variable);
    }

    private static Path real(Path program) {
        try {
            return program.toRealPath();
        } catch (IOException vanished) {
            throw new UncheckedIOException("cannot look at " + program, vanished);
        }
    }
}
