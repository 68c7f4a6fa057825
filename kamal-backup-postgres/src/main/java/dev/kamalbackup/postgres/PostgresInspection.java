package dev.kamalbackup.postgres;

import dev.kamalbackup.config.DatabaseSettings;
import dev.kamalbackup.error.RestoreException;
import dev.kamalbackup.plan.Inspection;
import dev.kamalbackup.process.ChildEnvironment;
import dev.kamalbackup.process.Command;
import dev.kamalbackup.spi.AdapterContext;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Plans a look at what is in one database. */
record PostgresInspection(DatabaseSettings settings) {
    /**
     * The app's own table first, should other schemas have one of the same name; whether it names services; and the table
     * beside it that says what refers to a blob, if there is one.
     */
    private static final String BLOBS_TABLE = """
            SELECT encode(convert_to(format('%I.%I', n.nspname, c.relname), 'UTF8'), 'hex') || ' ' || (
              SELECT count(*) FROM pg_attribute WHERE attrelid = c.oid AND attname = 'service_name' AND NOT attisdropped)
              || ' ' || coalesce((
              SELECT encode(convert_to(format('%I.%I', n.nspname, t.relname), 'UTF8'), 'hex')
              FROM pg_class t
              JOIN pg_attribute r ON r.attrelid = t.oid AND r.attname = 'blob_id' AND NOT r.attisdropped
              JOIN pg_attribute i ON i.attrelid = c.oid AND i.attname = 'id' AND NOT i.attisdropped
              WHERE t.relnamespace = n.oid AND t.relname = 'active_storage_attachments' AND t.relkind IN ('r', 'p')), '-')
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relname = 'active_storage_blobs' AND c.relkind IN ('r', 'p')
              AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
            ORDER BY pg_table_is_visible(c.oid) DESC, n.nspname = 'public' DESC, n.nspname LIMIT 1""";

    /** COPY hands on each row as it comes, where psql keeps the rows of a SELECT until it has all. */
    private static final String BLOBS = """
            COPY (SELECT coalesce(byte_size, 0) || ' ' || encode(convert_to(key, 'UTF8'), 'hex')
              || ' ' || coalesce(encode(convert_to(nullif(checksum, ''), 'UTF8'), 'hex'), '-')
              || ' ' || coalesce(encode(convert_to(nullif(%s, ''), 'UTF8'), 'hex'), '-') || %s FROM %s b) TO STDOUT""";

    /** A table without a row is one whose rows were left out of the dump: it says nothing about any blob. */
    private static final String ATTACHED = """
            CASE WHEN EXISTS (SELECT FROM %1$s) AND NOT EXISTS (SELECT FROM %1$s a WHERE a.blob_id = b.id)
            THEN ' 0' ELSE ' 1' END""";

    /** Like pg_dump's session; and whoever looks changes nothing. */
    private static final String SESSION = "SET default_transaction_read_only = on; SET statement_timeout = 0;"
            + " SET row_security = off; SET client_encoding = 'UTF8'";

    /** Whatever a restore would drop and a dump would hold. */
    private static final String ANYTHING = """
            SELECT 1 FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema' AND c.relpersistence <> 't'
              AND NOT EXISTS (SELECT FROM pg_depend d
                WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
            LIMIT 1""";

    /** Whether there is no table, view or sequence of the database's own. */
    boolean isEmpty(AdapterContext context) {
        PostgresConnection connection = connection(context);
        ChildEnvironment environment = connection.environment(context.childEnvironment());
        String psql = new PostgresClients(context, task(connection)).probe();
        return new ServerProbe(context, environment, task(connection))
                .ask(psql, ANYTHING)
                .isEmpty();
    }

    Inspection plan(AdapterContext context) {
        PostgresConnection connection = connection(context);
        PostgresTask task = task(connection);
        ChildEnvironment environment = connection.environment(context.childEnvironment());
        String psql = new PostgresClients(context, task).probe();
        ServerProbe probe = new ServerProbe(context, environment, task);
        CountSql sql = CountSql.of(settings);
        String[] sizes = String.join("", probe.ask(psql, sql.sizes())).split(" ", 2);
        List<String> blobs = probe.ask(psql, BLOBS_TABLE).stream()
                .map(PostgresInspection::blobs)
                .toList();
        return new Inspection(
                connection.location(),
                commands(psql, environment, sql.rows(Integer.parseInt(sizes[0]))),
                commands(psql, environment, CountSql.dangling(Integer.parseInt(sizes[1]))),
                commands(psql, environment, blobs));
    }

    private PostgresConnection connection(AdapterContext context) {
        PostgresConnection connection = PostgresConnection.of(settings, context.environment());
        if (!connection.namesDatabase()) {
            throw task(connection).failed("no database is named", "give url or database, or set PGDATABASE");
        }
        return connection;
    }

    private PostgresTask task(PostgresConnection connection) {
        return new PostgresTask("look into database " + settings.name(), connection.location(), RestoreException::new);
    }

    private static String blobs(String table) {
        String[] parts = table.split(" ", 3);
        String attached = parts[2].equals("-") ? "''" : ATTACHED.formatted(text(parts[2]));
        return BLOBS.formatted(parts[1].equals("0") ? "NULL::text" : "service_name", attached, text(parts[0]));
    }

    private static String text(String hex) {
        return new String(HexFormat.of().parseHex(hex), StandardCharsets.UTF_8);
    }

    /** One session for all statements, each of them a transaction. */
    private static List<Command> commands(String psql, ChildEnvironment environment, List<String> statements) {
        if (statements.isEmpty()) {
            return List.of();
        }
        List<String> arguments = new ArrayList<>(PostgresDump.quietSession());
        arguments.addAll(List.of("--command", SESSION));
        statements.forEach(statement -> arguments.addAll(List.of("--command", statement)));
        return List.of(new Command(psql, arguments, environment));
    }
}
