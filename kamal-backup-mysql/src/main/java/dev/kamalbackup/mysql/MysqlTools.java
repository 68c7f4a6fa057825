package dev.kamalbackup.mysql;

import dev.kamalbackup.error.Fault;
import dev.kamalbackup.error.ToolException;
import dev.kamalbackup.process.Command;
import dev.kamalbackup.process.CommandOutput;
import dev.kamalbackup.spi.AdapterContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The dump tool and client that fit a server. A MySQL server must be dumped with MySQL's own tool: mariadb-dump ends
 * well on a table with a generated column and writes a dump that does not load (tried with 10.11 and 11.8 against 8.0).
 */
final class MysqlTools {
    private static final Duration PROBE = Duration.ofMinutes(1);

    private final AdapterContext context;
    private final MysqlConnection connection;
    private final String operation;

    MysqlTools(AdapterContext context, MysqlConnection connection, String operation) {
        this.context = context;
        this.connection = connection;
        this.operation = operation;
    }

    /** The client: named by {@code MYSQL_CLIENT_BIN}, else whichever is installed. */
    String client() {
        return named("MYSQL_CLIENT_BIN", List.of("mariadb", "mysql"), "apt-get install mariadb-client");
    }

    /** What the server says its version is; MariaDB's says so. */
    String serverVersion() {
        List<String> arguments = new ArrayList<>(List.of("--no-defaults"));
        arguments.addAll(connection.arguments());
        arguments.addAll(List.of("--batch", "--skip-column-names", "--execute", "SELECT VERSION()"));
        CommandOutput answer = context.query(
                new Command(client(), arguments, connection.environment(context.childEnvironment())), PROBE);
        if (!answer.succeeded()) {
            throw new ToolException(new Fault(
                    operation,
                    connection.location(),
                    "the server could not be asked for its version: " + answer.stderr(),
                    "check host, user and password, and that the server runs"));
        }
        return answer.stdout().strip();
    }

    /** The dump tool for this server, with the options that only it knows. */
    List<String> dumper(String serverVersion) {
        boolean mariaDb = serverVersion.contains("MariaDB");
        if (mariaDb) {
            String tool =
                    named("MYSQL_DUMP_BIN", List.of("mariadb-dump", "mysqldump"), "apt-get install mariadb-client");
            // mysqldump of MySQL 8 asks for statistics that MariaDB does not have.
            return isMariaDb(tool) ? List.of(tool) : List.of(tool, "--column-statistics=0");
        }
        String tool = named("MYSQL_DUMP_BIN", List.of("mysqldump"), "install MySQL's own client");
        if (isMariaDb(tool)) {
            throw new ToolException(new Fault(
                    operation,
                    tool,
                    "the server is MySQL " + serverVersion + ", and this is MariaDB's dump tool: its dumps of generated"
                            + " columns do not load into MySQL",
                    "install MySQL's own client, and name its mysqldump in MYSQL_DUMP_BIN"));
        }
        return List.of(tool, "--set-gtid-purged=OFF");
    }

    private boolean isMariaDb(String tool) {
        Command version = new Command(tool, List.of("--version"), context.childEnvironment());
        return context.query(version, PROBE).stdout().contains("MariaDB");
    }

    private String named(String variable, List<String> usual, String install) {
        Map<String, String> environment = context.environment();
        String wanted = environment.getOrDefault(variable, "");
        if (!wanted.isBlank()) {
            return wanted;
        }
        return usual.stream()
                .flatMap(program -> context.find(program).stream())
                .map(Object::toString)
                .findFirst()
                .orElseThrow(() -> new ToolException(
                        new Fault(operation, String.join(" or ", usual), "it is not on the PATH", install)));
    }
}
