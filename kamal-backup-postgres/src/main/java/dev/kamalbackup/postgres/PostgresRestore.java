package dev.kamalbackup.postgres;

import dev.kamalbackup.config.DatabaseSettings;
import dev.kamalbackup.error.RestoreException;
import dev.kamalbackup.plan.CommandStep;
import dev.kamalbackup.plan.DumpScan;
import dev.kamalbackup.plan.LeadingLines;
import dev.kamalbackup.plan.LoadStep;
import dev.kamalbackup.plan.RestorePlan;
import dev.kamalbackup.process.ChildEnvironment;
import dev.kamalbackup.process.Command;
import dev.kamalbackup.spi.AdapterContext;
import dev.kamalbackup.spi.RestoreOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Plans a restore into one database as a single transaction. {@code pg_restore --single-transaction --file=-} writes SQL
 * that begins with BEGIN and ends with COMMIT, and psql runs it behind the reset of the target. So a stream that breaks
 * off, wherever it does, commits nothing. (psql's own {@code --single-transaction} would not do: without its counterpart,
 * pg_restore puts the large objects between a BEGIN and a COMMIT of their own, which would commit half a restore; and it
 * would commit what was read before a stream broke off.)
 *
 * @param target the database to restore into
 * @param options whether to end the sessions of others
 * @param lockWait how long the reset waits for other sessions' locks
 */
record PostgresRestore(DatabaseSettings target, RestoreOptions options, Duration lockWait) {
    private static final Duration SMALL_STEP = Duration.ofMinutes(10);
    private static final Duration LOAD = Duration.ofDays(7);

    RestorePlan plan(AdapterContext context) {
        PostgresConnection connection = PostgresConnection.of(target, context.environment());
        PostgresTask task =
                new PostgresTask("restore database " + target.name(), connection.location(), RestoreException::new);
        if (!connection.namesDatabase()) {
            throw task.failed("no database is named", "give url or database, or set PGDATABASE");
        }
        ChildEnvironment environment = connection.environment(context.childEnvironment());
        PostgresClients clients = new PostgresClients(context, task);
        ServerProbe probe = new ServerProbe(context, environment, task);
        int server = probe.major(clients.probe());
        // Both of one version: psql must understand the commands that pg_restore writes for it.
        PostgresClients.Client client = clients.newest("pg_restore", "psql");
        LeadingLines unwanted = Unwanted.of(server, client.major(), probe.ask(clients.probe(), Unwanted.COMMENTS));
        Path dump = context.scratch().resolve("restore.pgdump");
        return new RestorePlan(
                connection.location(),
                true,
                dump,
                new ArchiveProof(),
                DumpScan.none(),
                List.of(checkTarget(client, environment)),
                List.of(load(client, unwanted, dump, context, environment, clients)),
                List.of());
    }

    private static CommandStep checkTarget(PostgresClients.Client client, ChildEnvironment environment) {
        List<String> arguments = new ArrayList<>(session());
        arguments.addAll(List.of("--tuples-only", "--no-align", "--command", TargetSql.READINESS));
        return new CommandStep(
                "see whether this role may replace what is in the target",
                new Command(client.program("psql"), arguments, environment),
                TargetSql.READY,
                SMALL_STEP,
                "nothing was changed; do what is said, or if something belongs to another role: restore as the role that"
                        + " owns the database and what is in it, or as a superuser");
    }

    private LoadStep load(
            PostgresClients.Client client,
            LeadingLines unwanted,
            Path dump,
            AdapterContext context,
            ChildEnvironment environment,
            PostgresClients clients) {
        // It reads standard input, and writes nothing before it has read the table of contents: so psql is not even
        // started, and no session ended, for an archive that this pg_restore cannot read.
        Command toSql = new Command(
                client.program("pg_restore"),
                List.of("--single-transaction", "--no-owner", "--no-privileges", "--file=-"),
                context.childEnvironment());
        List<String> arguments = new ArrayList<>(session());
        if (options.terminateConnections()) {
            arguments.addAll(List.of("--command", TargetSql.TERMINATE));
        }
        arguments.addAll(List.of("--command", TargetSql.reset(lockWait), "--file=-"));
        Command psql = new Command(client.program("psql"), arguments, environment);
        return new LoadStep.Chain(
                "replace what is in the target, in one transaction",
                dump,
                List.of(toSql, psql),
                unwanted,
                LOAD,
                "everything was rolled back: the target is as it was. An unsupported version means that a newer pg_dump made"
                        + " the archive than this pg_restore " + client.major() + ": "
                        + clients.install("a newer postgresql-client")
                        + ". If other sessions use the database, stop the app"
                        + " or end them: --terminate-connections, or pg_terminate_backend; else mend what PostgreSQL says, and restore again");
    }

    private static List<String> session() {
        return List.of("--no-psqlrc", "--no-password", "--quiet", "--set", "ON_ERROR_STOP=1");
    }
}
