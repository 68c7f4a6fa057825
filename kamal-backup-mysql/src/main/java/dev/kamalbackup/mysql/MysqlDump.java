package dev.kamalbackup.mysql;

import dev.kamalbackup.config.DatabaseSettings;
import dev.kamalbackup.error.DumpException;
import dev.kamalbackup.plan.DumpPlan;
import dev.kamalbackup.plan.DumpSource;
import dev.kamalbackup.plan.RowCount;
import dev.kamalbackup.process.Command;
import dev.kamalbackup.process.CommandOutput;
import dev.kamalbackup.spi.AdapterContext;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Plans the dump of one database. */
record MysqlDump(DatabaseSettings settings) {
    static final String EXCLUDE_TABLE_DATA = "exclude_table_data";

    static final String TABLES = "SELECT table_name"
            + " FROM information_schema.tables WHERE table_schema = DATABASE()"
            + " AND table_type IN ('BASE TABLE', 'SYSTEM VERSIONED')";

    /** A name has up to 64 characters, and an argument 128 kB. */
    private static final int TABLES_AT_ONCE = 200;

    DumpPlan plan(AdapterContext context) {
        MysqlConnection connection = MysqlConnection.of(settings, context.environment());
        MysqlTask task =
                new MysqlTask("back up database " + settings.name(), connection.location(), DumpException::new);
        if (connection.database().isEmpty()) {
            throw task.failed("no database is named", "give url or database, or set MYSQL_DATABASE");
        }
        MysqlPrograms programs = new MysqlPrograms(context, task);
        ServerProbe probe = new ServerProbe(context, connection, task);
        MysqlServer server = probe.server(programs.clients());
        MysqlProgram dumper = programs.dumper(server);
        requireSight(new Grants(probe.ask(server, "SHOW GRANTS")), connection, task);
        List<String> tables = probe.ask(server, TABLES);
        requireRows(probe, server, tables, connection, task);
        return new DumpPlan(
                connection.location(),
                List.of(),
                new DumpSource.Programs(arguments(connection, dumper, withoutRows(tables)).stream()
                        .map(arguments -> new Command(
                                dumper.path(), arguments, connection.environment(context.childEnvironment())))
                        .toList()),
                List.of(),
                SqlProof.ofNewDump(),
                new RowCount.Beside(
                        new CountSql(server, connection, connection.environment(context.childEnvironment()))
                                .rows(withRows(tables)),
                        false));
    }

    /** Those of these tables whose rows are dumped. */
    List<String> withRows(List<String> tables) {
        List<String> left = new ArrayList<>(tables);
        left.removeAll(withoutRows(tables));
        return left;
    }

    private static void requireSight(Grants grants, MysqlConnection connection, MysqlTask task) {
        List<String> missing = grants.missing(connection.database());
        if (!missing.isEmpty()) {
            String privileges = String.join(", ", missing);
            throw task.failed(
                    "the user lacks " + privileges + ", so the dump would silently leave out triggers or routines",
                    "as an administrator: GRANT " + privileges + " ON " + connection.quotedDatabase()
                            + ".* TO the user");
        }
    }

    /** A table whose rows the user may not read: mariadb-dump 10.11 leaves the rows out, and ends well (seen). */
    private static void requireRows(
            ServerProbe probe, MysqlServer server, List<String> tables, MysqlConnection connection, MysqlTask task) {
        for (int from = 0; from < tables.size(); from += TABLES_AT_ONCE) {
            String questions = tables.subList(from, Math.min(tables.size(), from + TABLES_AT_ONCE)).stream()
                    .map(table -> "SELECT * FROM `" + table.replace("`", "``") + "` LIMIT 0;")
                    .collect(Collectors.joining());
            CommandOutput answer = probe.run(server.client(), questions);
            if (!answer.succeeded()) {
                throw task.failed(
                        "a table cannot be read: " + answer.stderr(),
                        "as an administrator: GRANT SELECT ON " + connection.quotedDatabase() + ".* TO the user");
            }
        }
    }

    /** The tables that the patterns mean; a star stands for anything. */
    private List<String> withoutRows(List<String> tables) {
        List<Pattern> patterns = settings.option(EXCLUDE_TABLE_DATA).stream()
                .flatMap(String::lines)
                .map(String::strip)
                .map(pattern -> Pattern.compile(
                        "\\Q" + pattern.replace("\\E", "\\E\\\\E\\Q").replace("*", "\\E.*\\Q") + "\\E", Pattern.DOTALL))
                .toList();
        return tables.stream()
                .filter(table -> patterns.stream()
                        .anyMatch(pattern -> pattern.matcher(table).matches()))
                .toList();
    }

    /** One dump, or for MySQL two when rows are left out: its mysqldump can leave out rows only by whole runs. */
    private static List<List<String>> arguments(
            MysqlConnection connection, MysqlProgram dumper, List<String> withoutRows) {
        List<String> all = new ArrayList<>(common(connection, dumper));
        if (dumper.mariaDb() || withoutRows.isEmpty()) {
            withoutRows.forEach(table -> all.add("--ignore-table-data=" + connection.database() + "." + table));
            all.addAll(List.of("--routines", "--events", connection.database()));
            return List.of(all);
        }
        List<String> definitions = new ArrayList<>(common(connection, dumper));
        // First, since the views at the end of the other may need these tables.
        definitions.addAll(List.of("--no-data", "--", connection.database()));
        definitions.addAll(withoutRows);
        withoutRows.forEach(table -> all.add("--ignore-table=" + connection.database() + "." + table));
        all.addAll(List.of("--routines", "--events", connection.database()));
        return List.of(definitions, all);
    }

    private static List<String> common(MysqlConnection connection, MysqlProgram dumper) {
        List<String> arguments = new ArrayList<>(connection.arguments(dumper));
        arguments.addAll(List.of(
                "--default-character-set=utf8mb4",
                // one consistent view, without keeping anybody from writing
                "--single-transaction",
                "--quick",
                "--triggers",
                "--no-tablespaces",
                "--hex-blob",
                // rows of up to a gigabyte, the most there can be
                "--max-allowed-packet=1G",
                // the trailer's date would make every dump end differently; without comments there were no trailer
                "--comments",
                "--skip-dump-date"));
        if (!dumper.mariaDb()) {
            // MariaDB has no such statistics, and a reload with GTIDs of another server is refused.
            arguments.addAll(List.of("--column-statistics=0", "--set-gtid-purged=OFF"));
        }
        return arguments;
    }
}
