package dev.kamalbackup.mysql;

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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Dumps MySQL and MariaDB with the tool that fits the server, and loads with the client. */
public final class MysqlAdapter implements DatabaseAdapter {
    private static final Set<String> SCHEMES = Set.of("mysql", "mysql2", "mariadb");
    private static final Duration PROBE = Duration.ofMinutes(1);
    private static final Duration LOAD = Duration.ofHours(24);

    private static final DumpProof HAS_TRAILER = sample -> {
        String tail = new String(sample.tail(), StandardCharsets.UTF_8);
        int lastLine = tail.stripTrailing().lastIndexOf('\n') + 1;
        return tail.startsWith("-- Dump completed", lastLine)
                ? Optional.empty()
                : Optional.of("its last line is not \"-- Dump completed\"");
    };

    /** Writes the statements that drop everything; backticks in names are doubled, so that no name ends one. */
    private static final String LIST_OBJECTS = """
            SELECT CONCAT('DROP VIEW IF EXISTS `', REPLACE(table_name, '`', '``'), '`;') FROM information_schema.views
              WHERE table_schema = DATABASE()
            UNION ALL SELECT CONCAT('DROP ', IF(table_type = 'SEQUENCE', 'SEQUENCE', 'TABLE'), ' IF EXISTS `',
              REPLACE(table_name, '`', '``'), '`;') FROM information_schema.tables
              WHERE table_schema = DATABASE() AND table_type IN ('BASE TABLE', 'SYSTEM VERSIONED', 'SEQUENCE')
            UNION ALL SELECT CONCAT('DROP ', routine_type, ' IF EXISTS `', REPLACE(routine_name, '`', '``'), '`;')
              FROM information_schema.routines WHERE routine_schema = DATABASE()
            UNION ALL SELECT CONCAT('DROP EVENT IF EXISTS `', REPLACE(event_name, '`', '``'), '`;')
              FROM information_schema.events WHERE event_schema = DATABASE()
            """;

    /** Made by {@link java.util.ServiceLoader}. */
    public MysqlAdapter() {}

    @Override
    public AdapterDescription description() {
        List<OptionKey> options = new ArrayList<>(List.of(
                new OptionKey("url", true, "mysql2://user:password@host:port/database"),
                new OptionKey("password", true, "the password, when the URL has none")));
        for (String key : List.of("host", "port", "user", "database", "socket", "ssl-ca", "ssl-cert", "ssl-key")) {
            options.add(new OptionKey(key, false, "what the client's option " + key + " means"));
        }
        return new AdapterDescription(
                "mysql",
                Set.of("mysql2", "mariadb"),
                "sql",
                options,
                List.of(
                        new Tool("mariadb-dump", List.of("--version"), "apt-get install mariadb-client"),
                        new Tool("mariadb", List.of("--version"), "apt-get install mariadb-client")));
    }

    @Override
    public List<Problem> check(DatabaseSettings settings) {
        Optional<String> url = settings.secret("url").map(Secret::reveal);
        if (url.isEmpty()) {
            return List.of();
        }
        Optional<DatabaseUrl> parsed = DatabaseUrl.parse(url.get());
        if (parsed.isEmpty() || !SCHEMES.contains(parsed.get().scheme())) {
            return List.of(new Problem("", "url", "must look like mysql2://user:password@host:3306/database"));
        }
        return parsed.get().database().isEmpty()
                ? List.of(new Problem("", "url", "names no database: add /NAME after the host"))
                : List.of();
    }

    @Override
    public DumpPlan planDump(DatabaseSettings settings, AdapterContext context) {
        String operation = "back up database " + settings.name();
        MysqlConnection connection = connection(settings, context, operation);
        MysqlTools tools = new MysqlTools(context, connection, operation);
        List<String> dumper;
        try {
            dumper = tools.dumper(tools.serverVersion());
        } catch (ToolException failed) {
            throw new DumpException(
                    new Fault(operation, connection.location(), failed.fault().reason(), failed.hint()), failed);
        }
        List<String> arguments = new ArrayList<>(List.of("--no-defaults"));
        arguments.addAll(connection.arguments());
        arguments.addAll(List.of(
                "--single-transaction",
                "--quick",
                "--routines",
                "--triggers",
                "--events",
                "--no-tablespaces",
                "--skip-dump-date",
                "--hex-blob",
                "--default-character-set=utf8mb4"));
        arguments.addAll(dumper.subList(1, dumper.size()));
        arguments.add(connection.database());
        return new DumpPlan(
                connection.location(),
                List.of(),
                new DumpSource.Program(
                        new Command(dumper.get(0), arguments, connection.environment(context.childEnvironment()))),
                List.of(),
                HAS_TRAILER);
    }

    @Override
    public RestorePlan planRestore(DatabaseSettings target, AdapterContext context) {
        String operation = "restore database " + target.name();
        MysqlConnection connection = connection(target, context, operation);
        ChildEnvironment environment = connection.environment(context.childEnvironment());
        String client = new MysqlTools(context, connection, operation).client();
        Path dump = context.scratch().resolve("dump.sql");
        Path nothing = Path.of("/dev/null");
        return new RestorePlan(
                connection.location(),
                dump,
                HAS_TRAILER,
                List.of(new CommandStep(
                        "connect to the target",
                        new Command(client, ask(connection, "SELECT 1"), environment),
                        "1",
                        PROBE,
                        "check the connection settings of the target")),
                List.of(
                        new LoadStep.Chain(
                                "remove what is in the target",
                                nothing,
                                List.of(
                                        new Command(client, ask(connection, LIST_OBJECTS), environment),
                                        new Command(client, load(connection), environment)),
                                LOAD,
                                "see what the server says; run the restore again when it is mended"),
                        new LoadStep.Chain(
                                "load the dump",
                                dump,
                                List.of(new Command(client, load(connection), environment)),
                                LOAD,
                                "the target is half loaded: run the same restore again when the cause is mended")),
                List.of());
    }

    @Override
    public String location(DatabaseSettings settings) {
        return MysqlConnection.of(settings, Map.of()).location();
    }

    private static List<String> ask(MysqlConnection connection, String sql) {
        List<String> arguments = new ArrayList<>(List.of("--no-defaults"));
        arguments.addAll(connection.arguments());
        arguments.addAll(List.of(
                "--default-character-set=utf8mb4", "--batch", "--raw", "--skip-column-names", "--execute", sql));
        arguments.add(connection.database());
        return arguments;
    }

    private static List<String> load(MysqlConnection connection) {
        List<String> arguments = new ArrayList<>(List.of("--no-defaults"));
        arguments.addAll(connection.arguments());
        arguments.addAll(List.of("--default-character-set=utf8mb4", "--init-command=SET SESSION FOREIGN_KEY_CHECKS=0"));
        arguments.add(connection.database());
        return arguments;
    }

    private static MysqlConnection connection(DatabaseSettings settings, AdapterContext context, String operation) {
        MysqlConnection connection = MysqlConnection.of(settings, context.environment());
        if (connection.database().isEmpty()) {
            throw new DumpException(new Fault(
                    operation,
                    connection.location(),
                    "no database is named",
                    "give url or database, or set MYSQL_DATABASE"));
        }
        return connection;
    }
}
