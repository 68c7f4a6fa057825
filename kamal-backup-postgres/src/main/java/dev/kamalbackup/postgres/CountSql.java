package dev.kamalbackup.postgres;

import dev.kamalbackup.config.DatabaseSettings;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Counts rows in SQL, by a statement for each table that another statement puts together. Tables are taken in batches,
 * since a statement keeps its locks, also those of the indexes it thinks of using, until its transaction ends; all of them
 * at once could fill the server's table of locks, and the app would be refused one.
 *
 * @param patterns tables whose rows are left out of the dump
 */
record CountSql(List<TablePattern> patterns) {
    /** How many tables, or foreign keys, are looked at in one transaction. */
    static final int BATCH = 100;

    /** {@code psql} replaces this by the number of the batch. */
    private static final String NUMBER = "<number>";

    /**
     * What pg_dump takes rows of: no foreign tables, nothing of an extension's; on a standby server nothing unlogged, which
     * cannot be read there.
     */
    private static final String TABLES = """
            SELECT n.nspname, c.relname, row_number() OVER (ORDER BY c.oid) - 1 AS place
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relkind = 'r' AND c.relpersistence <> 't' AND (c.relpersistence = 'p' OR NOT pg_is_in_recovery())
              AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
              AND NOT EXISTS (SELECT FROM pg_depend d
                WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
              AND NOT (%s)""";

    /** query_to_xml is the one function that runs a statement put together at run time. */
    private static final String COUNTED =
            "substring(query_to_xml(%s, false, false, '')::text FROM '<counted>([0-9]+)</counted>')";

    private static final String ROWS = "SELECT "
            + COUNTED.formatted("format('SELECT count(*) AS counted FROM ONLY %%I.%%I', nspname, relname)")
            + " || ' ' || encode(convert_to(nspname || '.' || relname, 'UTF8'), 'hex') FROM (%s) t WHERE place / "
            + BATCH + " = %s";

    /**
     * The view has to be one of all tables at once: whoever truncates a table or rewrites it does so in every view, so the
     * locks that pg_dump is going to take are taken before it sees the view. They keep nobody from reading or writing.
     */
    private static final String OPEN = """
            BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY;
            SET LOCAL statement_timeout = 0;
            SET LOCAL idle_in_transaction_session_timeout = 0;
            SET LOCAL row_security = off;
            SET LOCAL lock_timeout = '20s';
            DO $open$
            DECLARE
              tables text;
            BEGIN
              BEGIN
                -- so that the server gives up what nobody waits for any more; not every server can
                PERFORM set_config('client_connection_check_interval', '2s', true);
              EXCEPTION WHEN OTHERS THEN NULL;
              END;
              PERFORM set_config(name, '0', true) FROM pg_settings WHERE name = 'transaction_timeout';
              SELECT string_agg(format('ONLY %%I.%%I', nspname, relname), ', ') INTO tables FROM (%s) t;
              IF tables IS NOT NULL THEN
                EXECUTE 'LOCK TABLE ' || tables || ' IN ACCESS SHARE MODE';
              END IF;
            END
            $open$;
            SELECT pg_export_snapshot();""";

    /** What a batch has locked, the rollback gives back. */
    private static final String COUNT = """
            SET LOCAL lock_timeout = 0;
            SELECT 'SAVEPOINT batch', replace($batch$%s$batch$, '%s', number::text), 'ROLLBACK TO SAVEPOINT batch'
            FROM generate_series(0, (SELECT count(*) FROM (%s) t) / %d) AS number \\gexec""";

    /** What the tables and columns of a foreign key are; those of partitions are copies of their parent's. */
    private static final String FOREIGN_KEYS = """
            SELECT row_number() OVER (ORDER BY o.oid) - 1 AS place,
              CASE n.nspname WHEN 'public' THEN '' ELSE n.nspname || '.' END || c.relname || '.' || k.names AS name,
              format('SELECT count(*) AS counted FROM %s%I.%I c WHERE %s(%s) %s AND NOT EXISTS (SELECT FROM %s%I.%I p WHERE %s)',
                CASE c.relkind WHEN 'p' THEN '' ELSE 'ONLY ' END, n.nspname, c.relname,
                CASE o.confmatchtype WHEN 'f' THEN 'num_nonnulls' ELSE 'num_nulls' END, k.columns,
                CASE o.confmatchtype WHEN 'f' THEN '> 0' ELSE '= 0' END,
                CASE p.relkind WHEN 'p' THEN '' ELSE 'ONLY ' END, pn.nspname, p.relname, k.matches) AS query
            FROM pg_constraint o
              JOIN pg_class c ON c.oid = o.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace
              JOIN pg_class p ON p.oid = o.confrelid JOIN pg_namespace pn ON pn.oid = p.relnamespace,
              LATERAL (SELECT string_agg(ca.attname, ',' ORDER BY i) AS names,
                  string_agg(format('c.%I', ca.attname), ', ' ORDER BY i) AS columns,
                  string_agg(format('p.%I OPERATOR(%I.%s) c.%I', pa.attname, es.nspname, e.oprname, ca.attname),
                    ' AND ') AS matches
                FROM unnest(o.conkey, o.confkey, o.conpfeqop) WITH ORDINALITY AS u(child, parent, equal, i)
                  JOIN pg_attribute ca ON ca.attrelid = o.conrelid AND ca.attnum = u.child
                  JOIN pg_attribute pa ON pa.attrelid = o.confrelid AND pa.attnum = u.parent
                  JOIN pg_operator e ON e.oid = u.equal JOIN pg_namespace es ON es.oid = e.oprnamespace) k
            WHERE o.contype = 'f' AND o.conparentid = 0 AND o.convalidated
              AND coalesce(to_jsonb(o) ->> 'conenforced', 'true') = 'true'
              AND coalesce(to_jsonb(o) ->> 'conperiod', 'false') = 'false'
              AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'""";

    private static final String DANGLING = "SELECT " + COUNTED.formatted("query")
            + " || ' ' || encode(convert_to(name, 'UTF8'), 'hex') FROM (" + FOREIGN_KEYS + ") t WHERE place / " + BATCH
            + " = ";

    /** How many tables and how many foreign keys there are. */
    private static final String SIZES = "SELECT (SELECT count(*) FROM (%s) t) || ' ' || (SELECT count(*) FROM ("
            + FOREIGN_KEYS.replace("%", "%%") + ") t)";

    static CountSql of(DatabaseSettings settings) {
        return new CountSql(settings.option(PostgresDump.EXCLUDE_TABLE_DATA).stream()
                .flatMap(String::lines)
                .map(String::strip)
                .map(TablePattern::parse)
                .toList());
    }

    /** Opens the view and answers with its name. */
    String open() {
        return OPEN.formatted(tables());
    }

    /** Counts in the open view, batch by batch, in the language of psql. */
    String count() {
        return COUNT.formatted(rows(NUMBER), NUMBER, tables(), BATCH);
    }

    /** Asks for the two numbers that {@link #rows(int)} and {@link #dangling(int)} are about. */
    String sizes() {
        return SIZES.formatted(tables());
    }

    /** Counts so many tables, in as many transactions as it takes. */
    List<String> rows(int tables) {
        return batches(tables)
                .mapToObj(number -> rows(Integer.toString(number)))
                .toList();
    }

    /** Counts the rows of so many foreign keys that point nowhere. */
    static List<String> dangling(int foreignKeys) {
        return batches(foreignKeys).mapToObj(number -> DANGLING + number).toList();
    }

    private static IntStream batches(int all) {
        return IntStream.range(0, (all + BATCH - 1) / BATCH);
    }

    private String rows(String batch) {
        return ROWS.formatted(tables(), batch);
    }

    private String tables() {
        return TABLES.formatted(
                patterns.isEmpty()
                        ? "false"
                        : patterns.stream().map(TablePattern::condition).collect(Collectors.joining(" OR ")));
    }
}
