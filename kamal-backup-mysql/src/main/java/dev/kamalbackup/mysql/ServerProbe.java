package dev.kamalbackup.mysql;

import dev.kamalbackup.process.Command;
import dev.kamalbackup.process.CommandOutput;
import dev.kamalbackup.spi.AdapterContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Asks a server what it is, since the programs to use depend on it. */
record ServerProbe(AdapterContext context, MysqlConnection connection, MysqlTask task) {
    private static final Duration LONGEST = Duration.ofMinutes(1);

    /** What the server is; clients of one kind cannot always log in to servers of the other, so each is tried. */
    MysqlServer server(List<MysqlProgram> clients) {
        List<String> failures = new ArrayList<>();
        for (MysqlProgram client : clients) {
            CommandOutput answer = run(client, "SELECT CONCAT(VERSION(), ' ', @@version_comment)");
            if (answer.succeeded()) {
                return new MysqlServer(answer.stdout().strip(), client);
            }
            failures.add(client.name() + " says: " + answer.stderr());
            if (!mayBeTheClientsFault(answer.stderr())) {
                break;
            }
        }
        String said = String.join("; ", failures);
        throw task.failed("the server cannot be reached: " + said, MysqlHints.onConnection(said));
    }

    /** The answer of the server to a question whose answer is small, a line for each row. */
    List<String> ask(MysqlServer server, String question) {
        CommandOutput answer = run(server.client(), question);
        if (!answer.succeeded()) {
            throw task.failed(
                    "the server did not answer " + question + ": " + answer.stderr(),
                    MysqlHints.onConnection(answer.stderr()));
        }
        return answer.stdout().lines().toList();
    }

    /** What the client said to a question that the server may refuse. */
    CommandOutput run(MysqlProgram client, String question) {
        List<String> arguments = new ArrayList<>(connection.arguments(client));
        // Raw, since a backslash in the name of a granted database would come doubled.
        arguments.addAll(
                List.of("--batch", "--raw", "--skip-column-names", "--execute=" + question, connection.database()));
        Command command = new Command(client.path(), arguments, connection.environment(context.childEnvironment()));
        return context.query(command, LONGEST);
    }

    /** A log-in method or a kind of TLS that it does not know. */
    private static boolean mayBeTheClientsFault(String stderr) {
        return stderr.contains("ERROR 2059 ") || stderr.contains("ERROR 2026 ") || stderr.contains("ERROR 1251 ");
    }
}
