package dev.kamalbackup.postgres;

import dev.kamalbackup.config.DatabaseSettings;
import dev.kamalbackup.error.DumpException;
import dev.kamalbackup.plan.DumpPlan;
import dev.kamalbackup.plan.DumpSource;
import dev.kamalbackup.plan.RowCount;
import dev.kamalbackup.process.ChildEnvironment;
import dev.kamalbackup.process.Command;
import dev.kamalbackup.spi.AdapterContext;
import java.util.ArrayList;
import java.util.List;

/** Plans the dump of one database. */
record PostgresDump(DatabaseSettings settings) {
    static final String EXCLUDE_TABLE_DATA = "exclude_table_data";

    DumpPlan plan(AdapterContext context) {
        PostgresConnection connection = PostgresConnection.of(settings, context.environment());
        PostgresTask task =
                new PostgresTask("back up database " + settings.name(), connection.location(), DumpException::new);
        if (!connection.namesDatabase()) {
            throw task.failed("no database is named", "give url or database, or set PGDATABASE");
        }
        ChildEnvironment environment = connection.environment(context.childEnvironment());
        PostgresClients clients = new PostgresClients(context, task);
        ServerProbe probe = new ServerProbe(context, environment, task);
        int server = probe.major(clients.probe());
        probe.requireSight(clients.probe());
        String dumper = clients.notOlderThan(server, "pg_dump").program("pg_dump");
        CountSql sql = CountSql.of(settings);
        return new DumpPlan(
                connection.location(),
                List.of(),
                new DumpSource.Programs(new Command(dumper, arguments(), environment)),
                List.of(),
                new ArchiveProof(),
                new RowCount.InView(
                        new Command(clients.probe(), quietSession(), environment),
                        sql.open(),
                        "--snapshot=",
                        sql.count()));
    }

    /** A psql that prints nothing but answers, and stops at the first mistake. */
    static List<String> quietSession() {
        return List.of(
                "--no-psqlrc", "--no-password", "--quiet", "--tuples-only", "--no-align", "--set", "ON_ERROR_STOP=1");
    }

    /** Owners and privileges go in: what is not in the dump no restore can bring back. */
    private List<String> arguments() {
        List<String> arguments = new ArrayList<>();
        arguments.add("--format=custom");
        // restic compresses and deduplicates; compressed rows would look new after every small change.
        arguments.add("--compress=0");
        arguments.add("--no-password");
        settings.option(EXCLUDE_TABLE_DATA).stream()
                .flatMap(String::lines)
                .map(String::strip)
                .forEach(pattern -> arguments.add("--exclude-table-data=" + pattern));
        return arguments;
    }
}
