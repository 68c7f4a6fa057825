package dev.kamalbackup.sqlite;

import java.nio.file.Path;
import java.util.List;

/** What sqlite3 is told to count. */
final class CountSql {
    /**
     * A statement for each table, put together by another. A virtual table is what its module makes of it, which sqlite3
     * may not have; the tables in which the module keeps its data are counted like all others.
     */
    private static final String STATEMENTS = "SELECT 'SELECT count(*) || '' ' || hex(name) || ''' FROM \"'"
            + " || replace(name, '\"', '\"\"') || '\";' FROM sqlite_master"
            + " WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND sql NOT LIKE 'CREATE VIRTUAL%'";

    /** The rows that point nowhere, of all foreign keys, also of those that hold. */
    static final String DANGLING = "SELECT coalesce(n, 0) || ' ' || hex(child || '.' || columns) FROM"
            + " (SELECT m.name AS child, f.id AS id, group_concat(f.\"from\", ',') AS columns"
            + " FROM sqlite_master m, pragma_foreign_key_list(m.name) f WHERE m.type = 'table' GROUP BY m.name, f.id)"
            + " LEFT JOIN (SELECT \"table\" AS broken, fkid, count(*) AS n FROM pragma_foreign_key_check"
            + " GROUP BY \"table\", fkid) ON broken = child AND fkid = id";

    /** The columns of the table of blobs, and of the one that says what refers to a blob. */
    static final String BLOB_COLUMNS = "SELECT 'blobs.' || name FROM pragma_table_info('active_storage_blobs')"
            + " UNION ALL SELECT 'attachments.' || name FROM pragma_table_info('active_storage_attachments')";

    private static final String ATTACHED = "CASE WHEN EXISTS (SELECT 1 FROM active_storage_attachments) AND NOT EXISTS"
            + " (SELECT 1 FROM active_storage_attachments a WHERE a.blob_id = b.id) THEN ' 0' ELSE ' 1' END";

    private CountSql() {}

    /**
     * Counts the rows of all tables.
     *
     * @param script where the statements are kept meanwhile
     */
    static List<String> rows(Path script) {
        String file = quoted(script);
        return List.of(".output " + file, STATEMENTS, ".output stdout", ".read " + file);
    }

    /** Lists the blobs, a line for each, by the columns there are; nothing if there is no table of blobs. */
    static List<String> blobs(List<String> columns) {
        if (!columns.contains("blobs.key")) {
            return List.of();
        }
        boolean attachments = columns.contains("attachments.blob_id") && columns.contains("blobs.id");
        String optional = "coalesce(nullif(hex(coalesce(%s, '')), ''), '-')";
        return List.of("SELECT coalesce(byte_size, 0) || ' ' || hex(key) || ' ' || " + optional.formatted("checksum")
                + " || ' ' || "
                + optional.formatted(columns.contains("blobs.service_name") ? "service_name" : "NULL")
                + (attachments ? " || " + ATTACHED : "") + " FROM active_storage_blobs b");
    }

    /** A path in a dot-command. */
    private static String quoted(Path file) {
        return "\"" + file.toAbsolutePath().toString().replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }
}
