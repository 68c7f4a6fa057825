package dev.kamalbackup.postgres;

import dev.kamalbackup.config.DatabaseSettings;
import dev.kamalbackup.error.DumpException;
import dev.kamalbackup.error.Fault;
import dev.kamalbackup.error.Problem;
import dev.kamalbackup.error.ToolException;
import dev.kamalbackup.plan.CommandStep;
import dev.kamalbackup.plan.DumpPlan;
import dev.kamalbackup.plan.DumpProof;
import dev.kamalbackup.plan.DumpSource;
import dev.kamalbackup.plan.LoadStep;
import dev.kamalbackup.plan.RestorePlan;
import dev.kamalbackup.process.ChildEnvironment;
import dev.kamalbackup.process.Command;
import dev.kamalbackup.process.CommandOutput;
import dev.kamalbackup.redact.Secret;
import dev.kamalbackup.spi.AdapterContext;
import dev.kamalbackup.spi.AdapterDescription;
import dev.kamalbackup.spi.DatabaseAdapter;
import dev.kamalbackup.spi.DatabaseUrl;
import dev.kamalbackup.spi.OptionKey;
import dev.kamalbackup.spi.Tool;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Dumps with {@code pg_dump} and restores in one transaction with {@code pg_restore} and {@code psql}. */
public final class PostgresAdapter implements DatabaseAdapter {
    private static final byte[] MAGIC = "PGDMP".getBytes(StandardCharsets.US_ASCII);
    private static final Duration PROBE = Duration.ofMinutes(1);
    private static final Duration LOAD = Duration.ofHours(24);

    /** An archive of pg_dump's custom format begins with PGDMP and is never shorter than its header. */
    private static final DumpProof IS_ARCHIVE =
            sample -> sample.bytes() > 16 && Arrays.equals(Arrays.copyOf(sample.head(), MAGIC.length), MAGIC)
                    ? Optional.empty()
                    : Optional.of("it does not begin like an archive of pg_dump");

    /**
     * Empties the database inside the transaction of the load: what exists only in the target must go. Schema public
     * itself stays, with its grants and comment.
     */
    private static final String RESET = """
            SET lock_timeout = '60s';
            DO $reset$
            DECLARE item record;
            BEGIN
              FOR item IN SELECT nspname FROM pg_namespace
                  WHERE nspname !~ '^pg_' AND nspname NOT IN ('information_schema', 'public') LOOP
                EXECUTE format('DROP SCHEMA %I CASCADE', item.nspname);
              END LOOP;
              FOR item IN SELECT e.extname FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace
                  WHERE n.nspname = 'public' LOOP
                EXECUTE format('DROP EXTENSION IF EXISTS %I CASCADE', item.extname);
              END LOOP;
              FOR item IN SELECT c.oid::regclass::text AS name, c.relkind FROM pg_class c
                  JOIN pg_namespace n ON n.oid = c.relnamespace
                  WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S') LOOP
                IF to_regclass(item.name) IS NOT NULL THEN
                  EXECUTE format('DROP %s IF EXISTS %s CASCADE', CASE item.relkind
                    WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'MATERIALIZED VIEW' WHEN 'f' THEN 'FOREIGN TABLE'
                    WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END, item.name);
                END IF;
              END LOOP;
              FOR item IN SELECT p.oid::regprocedure::text AS name, p.prokind FROM pg_proc p
                  JOIN pg_namespace n ON n.oid = p.pronamespace WHERE n.nspname = 'public' LOOP
                EXECUTE format('DROP %s IF EXISTS %s CASCADE', CASE item.prokind
                  WHEN 'a' THEN 'AGGREGATE' WHEN 'p' THEN 'PROCEDURE' ELSE 'FUNCTION' END, item.name);
              END LOOP;
              FOR item IN SELECT format('%I.%I', n.nspname, t.typname) AS name FROM pg_type t
                  JOIN pg_namespace n ON n.oid = t.typnamespace
                  WHERE n.nspname = 'public' AND t.typtype IN ('e', 'd', 'c', 'r') LOOP
                EXECUTE format('DROP TYPE IF EXISTS %s CASCADE', item.name);
              END LOOP;
              PERFORM lo_unlink(oid) FROM pg_largeobject_metadata;
            END
            $reset$;
            """;

    /** Made by {@link java.util.ServiceLoader}. */
    public PostgresAdapter() {}

    @Override
    public AdapterDescription description() {
        List<OptionKey> options = new ArrayList<>(List.of(
                new OptionKey("url", true, "postgres://user:password@host:port/database"),
                new OptionKey("password", true, "the password, when the URL has none")));
        for (String key : List.of(
                "host", "port", "user", "database", "sslmode", "sslrootcert", "sslcert", "sslkey", "connect_timeout")) {
            options.add(new OptionKey(key, false, "what libpq's " + key + " means"));
        }
        return new AdapterDescription(
                "postgres",
                Set.of("postgresql"),
                "pgdump",
                options,
                List.of(
                        new Tool("pg_dump", List.of("--version"), "apt-get install postgresql-client"),
                        new Tool("pg_restore", List.of("--version"), "apt-get install postgresql-client"),
                        new Tool("psql", List.of("--version"), "apt-get install postgresql-client")));
    }

    @Override
    public List<Problem> check(DatabaseSettings settings) {
        Optional<String> url = settings.secret("url").map(Secret::reveal);
        if (url.isEmpty()) {
            return List.of();
        }
        Optional<DatabaseUrl> parsed = DatabaseUrl.parse(url.get());
        if (parsed.isEmpty()
                || !Set.of("postgres", "postgresql").contains(parsed.get().scheme())) {
            return List.of(new Problem("", "url", "must look like postgres://user:password@host:5432/database"));
        }
        return parsed.get().database().isEmpty()
                ? List.of(new Problem("", "url", "names no database: add /NAME after the host"))
                : List.of();
    }

    @Override
    public DumpPlan planDump(DatabaseSettings settings, AdapterContext context) {
        PostgresConnection connection = PostgresConnection.of(settings, context.environment());
        ChildEnvironment environment = connection.environment(context.childEnvironment());
        int server = serverMajor(settings, connection, environment, context);
        String dumper = new PostgresClients(context).atLeast("pg_dump", server, "back up database " + settings.name());
        return new DumpPlan(
                connection.location(),
                List.of(),
                // restic compresses and deduplicates: pg_dump's own compression would defeat both
                new DumpSource.Program(
                        new Command(dumper, List.of("--format=custom", "--compress=0", "--no-password"), environment)),
                List.of(),
                IS_ARCHIVE);
    }

    @Override
    public RestorePlan planRestore(DatabaseSettings target, AdapterContext context) {
        PostgresConnection connection = PostgresConnection.of(target, context.environment());
        ChildEnvironment environment = connection.environment(context.childEnvironment());
        PostgresClients clients = new PostgresClients(context);
        String operation = "restore database " + target.name();
        // The newest reads the archives of all older ones; what it writes is SQL, which psql of any version sends.
        String restore = clients.newest("pg_restore", operation);
        String psql = clients.newest("psql", operation);
        Path dump = context.scratch().resolve("dump.pgdump");
        List<String> session = List.of("--no-psqlrc", "--no-password", "--quiet", "--set", "ON_ERROR_STOP=1");
        List<String> load = new ArrayList<>(session);
        load.addAll(List.of("--single-transaction", "--command", RESET, "--file", "-"));
        List<String> connect = new ArrayList<>(session);
        connect.addAll(List.of("--tuples-only", "--no-align", "--command", "SELECT 1"));
        return new RestorePlan(
                connection.location(),
                dump,
                IS_ARCHIVE,
                List.of(
                        CommandStep.of(
                                "read the dump's table of contents",
                                new Command(
                                        restore,
                                        List.of("--list", "--file=/dev/null", dump.toString()),
                                        context.childEnvironment()),
                                PROBE,
                                "install a PostgreSQL client as new as the one that made the dump"),
                        new CommandStep(
                                "connect to the target",
                                new Command(psql, connect, environment),
                                "1",
                                PROBE,
                                "check the connection settings of the target")),
                List.of(new LoadStep.Chain(
                        "load the dump in one transaction",
                        dump,
                        List.of(
                                new Command(
                                        restore,
                                        List.of("--no-owner", "--no-privileges", "--file=-"),
                                        context.childEnvironment()),
                                new Command(psql, load, environment)),
                        LOAD,
                        "the transaction was rolled back: the target is as it was")),
                List.of());
    }

    @Override
    public String location(DatabaseSettings settings) {
        return PostgresConnection.of(settings, Map.of()).location();
    }

    private static int serverMajor(
            DatabaseSettings settings,
            PostgresConnection connection,
            ChildEnvironment environment,
            AdapterContext context) {
        String operation = "back up database " + settings.name();
        String psql = new PostgresClients(context).newest("psql", operation);
        Command show = new Command(
                psql,
                List.of(
                        "--no-psqlrc",
                        "--no-password",
                        "--tuples-only",
                        "--no-align",
                        "--command",
                        "SHOW server_version_num"),
                environment);
        CommandOutput answer;
        try {
            answer = context.query(show, PROBE);
        } catch (ToolException failed) {
            throw new DumpException(
                    new Fault(operation, connection.location(), failed.fault().reason(), failed.hint()), failed);
        }
        String version = answer.stdout().strip();
        if (!answer.succeeded() || !version.matches("\\d{5,6}")) {
            throw new DumpException(new Fault(
                    operation,
                    connection.location(),
                    "psql could not ask the server for its version: "
                            + (answer.stderr().isEmpty() ? version : answer.stderr()),
                    "check host, user and password, and that the server runs"));
        }
        return Integer.parseInt(version) / 10_000;
    }
}
