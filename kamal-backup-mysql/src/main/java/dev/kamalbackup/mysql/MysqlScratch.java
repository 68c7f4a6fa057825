package dev.kamalbackup.mysql;

import dev.kamalbackup.config.DatabaseSettings;
import dev.kamalbackup.error.RestoreException;
import dev.kamalbackup.plan.CommandStep;
import dev.kamalbackup.plan.ScratchPlan;
import dev.kamalbackup.process.Command;
import dev.kamalbackup.spi.AdapterContext;
import dev.kamalbackup.spi.ProductionName;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Plans a scratch database on the server of the live one. Its name decides whether it may be used, never its host: one
 * server has many names, and a host that is called after production refuses nothing.
 *
 * @param live the database whose dump it is for
 * @param all every configured database
 * @param place the scratch database's name
 */
record MysqlScratch(DatabaseSettings live, List<DatabaseSettings> all, String place) {
    /** The option that tells a restore where it goes to; nobody can write it into a configuration. */
    static final String SCRATCH = "scratch";

    private static final Set<String> SYSTEM = Set.of("mysql", "sys", "information_schema", "performance_schema");
    private static final List<String> NEEDED = List.of("CREATE", "DROP");
    private static final int LONGEST_NAME = 64;
    private static final Duration LONGEST = Duration.ofMinutes(10);

    /** How new tables of the live database are sorted, and how those of the scratch database, if it is there. */
    private static final String LOOK =
            "SELECT CONCAT('CHARACTER SET ', default_character_set_name, ' COLLATE ', default_collation_name)"
                    + " FROM information_schema.schemata WHERE ";

    ScratchPlan plan(AdapterContext context) {
        MysqlConnection connection = MysqlConnection.of(live, context.environment());
        MysqlTask task = new MysqlTask(
                "use " + place + " as a scratch database for " + live.name(),
                connection.location(),
                RestoreException::new);
        for (DatabaseSettings each : all) {
            requireOther(MysqlConnection.of(each, context.environment()), each, task);
        }
        requireOther(connection, live, task);
        requireUsable(task);
        ServerProbe probe = new ServerProbe(context, connection, task);
        MysqlServer server = probe.server(new MysqlPrograms(context, task).clients());
        List<String> existing = probe.ask(server, LOOK + condition());
        String made = "CREATE DATABASE " + CountSql.quoted(place) + " "
                + String.join("", existing.isEmpty() ? probe.ask(server, LOOK + "schema_name = DATABASE()") : existing);
        Grants grants = new Grants(probe.ask(server, "SHOW GRANTS"));
        if (grants.areTold() && !NEEDED.stream().allMatch(privilege -> grants.has(place, Set.of(privilege)))) {
            throw task.failed(
                    existing.isEmpty()
                            ? "there is no such database, and the user may not create and drop it"
                            : "the user may not drop and create that database",
                    // In a grant, an underscore stands for any letter.
                    "as an administrator: " + (existing.isEmpty() ? made + "; " : "") + "GRANT ALL ON "
                            + CountSql.quoted(place.replace("\\", "\\\\")
                                    .replace("_", "\\_")
                                    .replace("%", "\\%"))
                            + ".* TO the user");
        }
        String drop = "DROP DATABASE IF EXISTS " + CountSql.quoted(place);
        return new ScratchPlan(
                MysqlUrl.otherDatabase(live, context.environment(), place).with(SCRATCH, place),
                existing.isEmpty()
                        ? List.of(step("create the scratch database " + place, server, connection, made, context))
                        : List.of(),
                // What an administrator has granted on it outlives it, and so it comes back as it was, but empty.
                List.of(
                        existing.isEmpty()
                                ? step("drop the scratch database " + place, server, connection, drop, context)
                                : step(
                                        "empty the scratch database " + place,
                                        server,
                                        connection,
                                        drop + "; " + made,
                                        context)),
                List.of());
    }

    private void requireOther(MysqlConnection connection, DatabaseSettings settings, MysqlTask task) {
        if (connection.database().isEmpty()) {
            throw task.failed(
                    "the settings of database " + settings.name() + " name no database",
                    "give url or database, or set MYSQL_DATABASE");
        }
        // Some servers take small and capital letters for the same, and then so do we on all.
        if (folded(place).equals(folded(connection.database()))) {
            throw task.failed(
                    "that is what the configured database " + settings.name() + " is called, and a drill would replace"
                            + " what is in it",
                    "name another database; it is created if it is not there");
        }
    }

    private void requireUsable(MysqlTask task) {
        boolean possible = !place.isBlank()
                && place.equals(place.strip())
                && place.chars().noneMatch(Character::isISOControl)
                && place.codePointCount(0, place.length()) <= LONGEST_NAME
                // The programs would take it for an option.
                && !place.startsWith("-");
        if (!possible) {
            throw task.failed("that cannot be the name of a database", "name it in 1 to 64 letters, as in app_drill");
        }
        if (SYSTEM.contains(folded(place))) {
            throw task.failed("that database is the server's own", "name another database, as in app_drill");
        }
        if (ProductionName.matches(place)) {
            throw task.failed("the name looks like production", "name another database, as in app_drill");
        }
    }

    /** Whether a database is the one of this name, as the server compares names of databases. */
    private String condition() {
        String name =
                "CONVERT(0x" + HexFormat.of().formatHex(place.getBytes(StandardCharsets.UTF_8)) + " USING utf8mb4)";
        return "LOWER(schema_name) = LOWER(" + name
                + ") AND (@@lower_case_table_names > 0 OR BINARY schema_name = BINARY " + name + ")";
    }

    private static CommandStep step(
            String name, MysqlServer server, MysqlConnection connection, String statements, AdapterContext context) {
        List<String> arguments = new ArrayList<>(connection.arguments(server.client()));
        arguments.addAll(List.of(
                "--default-character-set=utf8mb4", "--batch", "--execute=" + statements, connection.database()));
        return CommandStep.of(
                name,
                new Command(server.client().path(), arguments, connection.environment(context.childEnvironment())),
                LONGEST,
                "the live database was not touched; mend what the server says, and run the drill again");
    }

    private static String folded(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
