package dev.kamalbackup.postgres;

import dev.kamalbackup.process.ChildEnvironment;
import dev.kamalbackup.process.Command;
import dev.kamalbackup.process.CommandOutput;
import dev.kamalbackup.spi.AdapterContext;
import java.time.Duration;
import java.util.List;

/** Asks a server for its version, since the programs to use depend on it. */
record ServerProbe(AdapterContext context, ChildEnvironment environment, PostgresTask task) {
    private static final Duration LONGEST = Duration.ofMinutes(1);

    /**
     * What pg_dump locks and reads: schemas and tables of the database's own, those of extensions left out. It would stop
     * at the first it may not read; here all are named, before anything is dumped.
     */
    private static final String UNREADABLE = """
            SELECT 'schema ' || quote_ident(nspname)
            FROM pg_namespace
            WHERE nspname !~ '^pg_' AND nspname <> 'information_schema'
              AND NOT has_schema_privilege(oid, 'USAGE')
              AND EXISTS (SELECT FROM pg_class WHERE relnamespace = pg_namespace.oid AND relkind IN ('r', 'p', 'S'))
            UNION ALL
            SELECT CASE relkind WHEN 'S' THEN 'sequence ' ELSE 'table ' END
                || quote_ident(nspname) || '.' || quote_ident(relname)
            FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
            WHERE relkind IN ('r', 'p', 'S') AND relpersistence <> 't'
              AND nspname !~ '^pg_' AND nspname <> 'information_schema'
              AND NOT has_table_privilege(pg_class.oid, 'SELECT')
              AND NOT EXISTS (SELECT FROM pg_depend
                WHERE classid = 'pg_class'::regclass AND objid = pg_class.oid AND deptype = 'e')
            ORDER BY 1 LIMIT 11
            """;

    private static final int MOST_NAMED = 10;

    /** The server's major version. */
    int major(String psql) {
        String version = String.join("\n", ask(psql, "SHOW server_version_num"));
        if (!version.matches("\\d{5,7}")) {
            throw task.failed(
                    "the server was asked for its version and answered \"" + version + "\"",
                    "see that this is a PostgreSQL server");
        }
        return Integer.parseInt(version) / 10_000;
    }

    /** Refuses to go on if there is anything that a dump must hold and this role may not read. */
    void requireSight(String psql) {
        List<String> unreadable = ask(psql, UNREADABLE);
        if (!unreadable.isEmpty()) {
            String more = unreadable.size() > MOST_NAMED ? " and more" : "";
            throw task.failed(
                    "this role may not read "
                            + String.join(
                                    ", ", unreadable.stream().limit(MOST_NAMED).toList()) + more,
                    "as the owner or an administrator: GRANT pg_read_all_data TO the role (PostgreSQL 14 and later), or"
                            + " GRANT USAGE on the schema and SELECT on what is named");
        }
    }

    /** What the server answers to a question whose answer is small, line by line. */
    List<String> ask(String psql, String question) {
        Command command = new Command(
                psql,
                List.of("--no-psqlrc", "--no-password", "--tuples-only", "--no-align", "--command", question),
                environment);
        CommandOutput answer = context.query(command, LONGEST);
        String said = answer.stderr().isBlank() ? answer.stdout().strip() : answer.stderr();
        if (!answer.succeeded()) {
            throw task.failed("the server cannot be reached: " + said, PostgresHints.onConnection(said));
        }
        return answer.stdout().strip().lines().toList();
    }
}
