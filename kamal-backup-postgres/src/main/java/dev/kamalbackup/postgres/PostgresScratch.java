package dev.kamalbackup.postgres;

import dev.kamalbackup.config.DatabaseSettings;
import dev.kamalbackup.error.RestoreException;
import dev.kamalbackup.plan.CommandStep;
import dev.kamalbackup.plan.ScratchPlan;
import dev.kamalbackup.process.ChildEnvironment;
import dev.kamalbackup.process.Command;
import dev.kamalbackup.spi.AdapterContext;
import dev.kamalbackup.spi.ProductionName;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Plans a scratch database on the server of the live one. Its name decides whether it may be used, never its host: one
 * server has many names, and a host that is called after production refuses nothing.
 *
 * @param live the database whose dump it is for
 * @param all every configured database
 * @param place the scratch database's name
 * @param lockWait how long the reset of one that is there waits for other sessions' locks
 */
record PostgresScratch(DatabaseSettings live, List<DatabaseSettings> all, String place, Duration lockWait) {
    private static final Set<String> SYSTEM = Set.of("postgres", "template0", "template1");
    private static final int LONGEST_NAME = 63;
    private static final Duration LONGEST = Duration.ofMinutes(10);

    /**
     * Whether it is there, whether this role may make it, and the two statements that would. What says how a database
     * sorts is called differently from version to version.
     */
    private static final String LOOK = """
            SELECT (SELECT count(*) FROM pg_database WHERE datname = %1$s) || ' '
              || (SELECT count(*) FROM pg_roles WHERE rolname = current_user AND (rolcreatedb OR rolsuper))
              || E'\\n' || format('CREATE DATABASE %%I%%s', %1$s, made)
              || E'\\n' || format('CREATE DATABASE %%I OWNER %%I%%s', %1$s, current_user, made)
            FROM (
              SELECT format(' TEMPLATE template0 ENCODING %%L LC_COLLATE %%L LC_CTYPE %%L', pg_encoding_to_char(encoding),
                  datcollate, datctype)
                || CASE d ->> 'datlocprovider'
                  WHEN 'i' THEN format(' LOCALE_PROVIDER icu ICU_LOCALE %%L', locale)
                    || coalesce(' ICU_RULES ' || quote_literal(d ->> 'daticurules'), '')
                  WHEN 'b' THEN format(' LOCALE_PROVIDER builtin BUILTIN_LOCALE %%L', locale)
                  WHEN 'c' THEN ' LOCALE_PROVIDER libc'
                  ELSE '' END AS made
              FROM pg_database, to_jsonb(pg_database) d, coalesce(d ->> 'datlocale', d ->> 'daticulocale') locale
              WHERE datname = current_database()) t""";

    ScratchPlan plan(AdapterContext context) {
        PostgresConnection connection = PostgresConnection.of(live, context.environment());
        PostgresTask task = new PostgresTask(
                "use " + place + " as a scratch database for " + live.name(),
                connection.location(),
                RestoreException::new);
        for (DatabaseSettings each : all) {
            requireOther(PostgresConnection.of(each, context.environment()), each, task);
        }
        requireOther(connection, live, task);
        requireUsable(task);
        ChildEnvironment environment = connection.environment(context.childEnvironment());
        String psql = new PostgresClients(context, task).probe();
        List<String> answer =
                new ServerProbe(context, environment, task).ask(psql, LOOK.formatted(TablePattern.literal(place)));
        DatabaseSettings scratch = PostgresUrl.otherDatabase(live, context.environment(), place);
        String[] found = answer.get(0).split(" ", 2);
        if (!found[0].equals("0")) {
            return existing(scratch, psql, context);
        }
        if (found[1].equals("0")) {
            throw task.failed(
                    "there is no such database, and this role may not create one",
                    "as an administrator: " + answer.get(2));
        }
        return new ScratchPlan(
                scratch,
                List.of(step("create the scratch database " + place, psql, List.of(answer.get(1)), environment)),
                List.of(step(
                        "drop the scratch database " + place,
                        psql,
                        List.of("DROP DATABASE IF EXISTS \"" + place.replace("\"", "\"\"") + "\" WITH (FORCE)"),
                        environment)),
                List.of());
    }

    private void requireOther(PostgresConnection connection, DatabaseSettings settings, PostgresTask task) {
        if (!connection.namesDatabase()) {
            throw task.failed(
                    "the settings of database " + settings.name() + " name no database",
                    "give url or database, or set PGDATABASE");
        }
        if (connection.variables().containsKey("PGSERVICE")) {
            // libpq lets the file outweigh PGDATABASE: a restore into the scratch database would go into the live one.
            throw task.failed(
                    "database " + settings.name() + " is reached by a service of a connection service file, which"
                            + " decides itself which database is meant",
                    "give host, port, user and database, or url, in the place of service");
        }
        if (place.equals(connection.variables().get("PGDATABASE"))) {
            throw task.failed(
                    "that is what the configured database " + settings.name() + " is called, and a drill would replace"
                            + " what is in it",
                    "name another database; it is created if it is not there");
        }
    }

    private void requireUsable(PostgresTask task) {
        if (place.isBlank()
                || place.chars().anyMatch(Character::isISOControl)
                || place.getBytes(StandardCharsets.UTF_8).length > LONGEST_NAME) {
            throw task.failed("that cannot be the name of a database", "name it in 1 to 63 bytes, as in app_drill");
        }
        if (SYSTEM.contains(place)) {
            throw task.failed("that database is the server's own", "name another database, as in app_drill");
        }
        if (ProductionName.matches(place)) {
            throw task.failed("the name looks like production", "name another database, as in app_drill");
        }
    }

    private ScratchPlan existing(DatabaseSettings scratch, String psql, AdapterContext context) {
        ChildEnvironment environment =
                PostgresConnection.of(scratch, context.environment()).environment(context.childEnvironment());
        return new ScratchPlan(
                scratch,
                List.of(),
                List.of(step(
                        "empty the scratch database " + place,
                        psql,
                        List.of(TargetSql.reset(lockWait), "COMMIT"),
                        environment)),
                List.of());
    }

    private static CommandStep step(String name, String psql, List<String> statements, ChildEnvironment environment) {
        List<String> arguments = new ArrayList<>(PostgresDump.quietSession());
        statements.forEach(statement -> arguments.addAll(List.of("--command", statement)));
        return CommandStep.of(
                name,
                new Command(psql, arguments, environment),
                LONGEST,
                "the live database was not touched; mend what PostgreSQL says, and run the drill again");
    }
}
