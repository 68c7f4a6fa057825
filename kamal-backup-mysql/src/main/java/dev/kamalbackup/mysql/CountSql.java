package dev.kamalbackup.mysql;

import dev.kamalbackup.process.ChildEnvironment;
import dev.kamalbackup.process.Command;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The commands that count rows and that look at a database, a batch of statements each, so that no argument becomes too
 * long. Each statement is a transaction, which keeps no table locked behind it.
 *
 * @param server what is asked
 * @param connection how it is reached
 * @param environment what the client sees
 */
record CountSql(MysqlServer server, MysqlConnection connection, ChildEnvironment environment) {
    /** A name has up to 64 characters of up to 3 bytes, stands there twice, once in hexadecimal; an argument has 128 kB. */
    private static final int AT_ONCE = 100;

    private static final String HEX = "HEX(CONVERT(%s USING utf8mb4))";

    /** A line for each column of each foreign key: constraint, table, column, and the three it points to. */
    static final String FOREIGN_KEYS = "SELECT CONCAT_WS(' ', "
            + List.of(
                            "constraint_name",
                            "table_name",
                            "column_name",
                            "referenced_table_schema",
                            "referenced_table_name",
                            "referenced_column_name")
                    .stream()
                    .map(HEX::formatted)
                    .collect(Collectors.joining(", "))
            + ") FROM information_schema.key_column_usage"
            + " WHERE table_schema = DATABASE() AND referenced_table_name IS NOT NULL"
            + " ORDER BY table_name, constraint_name, ordinal_position";

    private static final String BLOBS = "active_storage_blobs";
    private static final String ATTACHMENTS = "active_storage_attachments";

    /** Answers with the columns of the table of blobs and of the one that says what refers to a blob, each behind its table. */
    static final String BLOB_COLUMNS =
            "SELECT LOWER(CONCAT(table_name, '.', column_name)) FROM information_schema.columns"
                    + " WHERE table_schema = DATABASE() AND table_name IN ('" + BLOBS + "', '" + ATTACHMENTS + "')";

    /** A table without a row is one whose rows were left out of the dump: it says nothing about any blob. */
    private static final String ATTACHED = "IF(EXISTS (SELECT 1 FROM " + ATTACHMENTS + ") AND NOT EXISTS"
            + " (SELECT 1 FROM " + ATTACHMENTS + " a WHERE a.blob_id = b.id), '0', '1')";

    /** Lists the blobs, a line for each, by the columns there are; nothing if there is no table of blobs. */
    static List<String> blobs(List<String> columns) {
        if (!columns.contains(BLOBS + ".key")) {
            return List.of();
        }
        boolean attachments = columns.contains(ATTACHMENTS + ".blob_id") && columns.contains(BLOBS + ".id");
        String optional = "COALESCE(HEX(CONVERT(NULLIF(%s, '') USING utf8mb4)), '-')";
        boolean services = columns.contains(BLOBS + ".service_name");
        return List.of("SELECT CONCAT_WS(' ', COALESCE(byte_size, 0), " + HEX.formatted("`key`") + ", "
                + optional.formatted("checksum") + ", " + optional.formatted(services ? "service_name" : "NULL")
                + (attachments ? ", " + ATTACHED : "") + ") FROM " + BLOBS + " b");
    }

    /** Counts the rows of these tables. */
    List<Command> rows(List<String> tables) {
        return commands(tables.stream()
                .map(table -> "SELECT CONCAT(COUNT(*), ' " + hex(table) + "') FROM " + quoted(table))
                .toList());
    }

    /** Counts the rows of these foreign keys that point nowhere. */
    List<Command> dangling(List<ForeignKey> keys) {
        return commands(keys.stream()
                .map(key -> "SELECT CONCAT(COUNT(*), ' " + hex(key.name()) + "') FROM " + key.dangling())
                .toList());
    }

    /** The client that runs these statements one after another and stops at the first that fails. */
    List<Command> commands(List<String> statements) {
        List<Command> commands = new ArrayList<>();
        for (int from = 0; from < statements.size(); from += AT_ONCE) {
            String batch = statements.subList(from, Math.min(statements.size(), from + AT_ONCE)).stream()
                    .map(statement -> statement + ";")
                    .collect(Collectors.joining("\n"));
            List<String> arguments = new ArrayList<>(connection.arguments(server.client()));
            arguments.addAll(List.of(
                    "--default-character-set=utf8mb4",
                    "--batch",
                    "--raw",
                    "--skip-column-names",
                    // a row at a time: there may be millions of blobs
                    "--quick",
                    "--execute=SET SESSION " + (server.mariaDb() ? "max_statement_time" : "max_execution_time")
                            + " = 0;\n" + batch,
                    connection.database()));
            commands.add(new Command(server.client().path(), arguments, environment));
        }
        return commands;
    }

    /** A name as it is written in SQL. */
    static String quoted(String name) {
        return "`" + name.replace("`", "``") + "`";
    }

    private static String hex(String name) {
        return HexFormat.of().formatHex(name.getBytes(StandardCharsets.UTF_8));
    }
}
