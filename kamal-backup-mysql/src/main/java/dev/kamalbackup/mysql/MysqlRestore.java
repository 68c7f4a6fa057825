package dev.kamalbackup.mysql;

import dev.kamalbackup.config.DatabaseSettings;
import dev.kamalbackup.error.RestoreException;
import dev.kamalbackup.plan.CommandStep;
import dev.kamalbackup.plan.LeadingLines;
import dev.kamalbackup.plan.LoadStep;
import dev.kamalbackup.plan.RestorePlan;
import dev.kamalbackup.process.ChildEnvironment;
import dev.kamalbackup.process.Command;
import dev.kamalbackup.spi.AdapterContext;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Plans a restore into one database. These servers commit every change of the schema at once, so nothing can be rolled
 * back: the dump is whole, proved and on this machine before the first object is dropped.
 *
 * @param target the database to restore into
 * @param lockWait how long each statement waits for other sessions' locks
 */
record MysqlRestore(DatabaseSettings target, Duration lockWait) {
    private static final Duration SMALL_STEP = Duration.ofMinutes(10);
    private static final Duration LOAD = Duration.ofDays(7);
    /**
     * What any dump and any target needs; the rest depends on what is in them. Without EVENT a user is shown no event:
     * those of the target would stay, and run on the restored rows.
     */
    private static final List<String> NEEDED =
            List.of("CREATE", "DROP", "ALTER", "INSERT", "SELECT", "LOCK TABLES", "EVENT");

    private static final String DROPS_ROUTINES = "ALTER ROUTINE";

    /** What newer dumpers of MariaDB begin with, and older clients take for a mistake. */
    private static final LeadingLines SANDBOX =
            new LeadingLines(Set.of("/*M!999999\\- enable the sandbox mode */"), "", 1);

    private static final Path NO_INPUT = Path.of("/dev/null");

    RestorePlan plan(AdapterContext context) {
        MysqlConnection connection = MysqlConnection.of(target, context.environment());
        MysqlTask task =
                new MysqlTask("restore database " + target.name(), connection.location(), RestoreException::new);
        if (connection.database().isEmpty()) {
            throw task.failed("no database is named", "give url or database, or set MYSQL_DATABASE");
        }
        MysqlPrograms programs = new MysqlPrograms(context, task);
        ServerProbe probe = new ServerProbe(context, connection, task);
        MysqlServer server = probe.server(programs.clients());
        TargetRights rights = TargetRights.of(probe, server, connection.database());
        boolean routines = !probe.ask(server, TargetSql.ROUTINES).isEmpty();
        requireRights(rights, routines, connection, task);
        MysqlProgram client = programs.loader(server);
        ChildEnvironment environment = connection.environment(context.childEnvironment());
        Path dump = context.scratch().resolve("restore.sql");
        Command load = new Command(client.path(), loading(connection, client), environment);
        LeadingLines unknown = programs.knowsSandbox(client) ? LeadingLines.none() : SANDBOX;
        return new RestorePlan(
                connection.location(),
                false,
                dump,
                SqlProof.ofAnyDump(),
                new DefinedObjects(rights).scan(),
                List.of(new CommandStep(
                        "connect to the target",
                        new Command(client.path(), asking(connection, client, TargetSql.CONNECT), environment),
                        TargetSql.CONNECTED,
                        SMALL_STEP,
                        "nothing was changed; check the target's settings, and that its server runs")),
                List.of(
                        new LoadStep.Chain(
                                "drop what is in the target",
                                NO_INPUT,
                                List.of(
                                        new Command(
                                                client.path(),
                                                asking(connection, client, TargetSql.DROP_STATEMENTS),
                                                environment),
                                        load),
                                LeadingLines.none(),
                                LOAD,
                                "the target may have lost some of its tables: mend what the server says (if it waited for"
                                        + " a lock, stop the app), and run the same restore again"),
                        new LoadStep.Chain(
                                "load the dump",
                                dump,
                                target.option(MysqlScratch.SCRATCH).isPresent()
                                        ? List.of(SleepingEvents.filter(context.childEnvironment()), load)
                                        : List.of(load),
                                unknown,
                                LOAD,
                                "the target was emptied and is loaded in part: mend what the server says, and run the"
                                        + " same restore again")),
                List.of());
    }

    private static void requireRights(
            TargetRights rights, boolean routines, MysqlConnection connection, MysqlTask task) {
        List<String> needed = new ArrayList<>(NEEDED);
        if (routines) {
            needed.add(DROPS_ROUTINES);
        }
        List<String> missing = rights.missing(needed);
        if (!missing.isEmpty()) {
            String privileges = String.join(", ", missing);
            throw task.failed(
                    rights.user() + " lacks " + privileges + "; nothing was changed",
                    "as an administrator: GRANT " + privileges + " ON " + connection.quotedDatabase() + ".* TO "
                            + rights.user());
        }
    }

    private static List<String> asking(MysqlConnection connection, MysqlProgram client, String question) {
        List<String> arguments = new ArrayList<>(connection.arguments(client));
        arguments.addAll(List.of(
                "--default-character-set=utf8mb4",
                "--batch",
                "--raw",
                "--skip-column-names",
                "--execute=" + question,
                connection.database()));
        return arguments;
    }

    private List<String> loading(MysqlConnection connection, MysqlProgram client) {
        List<String> arguments = new ArrayList<>(connection.arguments(client));
        arguments.addAll(List.of(
                "--default-character-set=utf8mb4",
                // Otherwise the client takes CR LF in a routine for LF, and runs its own commands if a dump holds some.
                "--binary-mode",
                "--max-allowed-packet=1G",
                "--init-command=" + TargetSql.session(lockWait),
                connection.database()));
        return arguments;
    }
}
