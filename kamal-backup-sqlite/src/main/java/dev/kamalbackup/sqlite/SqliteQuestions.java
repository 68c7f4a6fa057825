package dev.kamalbackup.sqlite;

import dev.kamalbackup.config.DatabaseSettings;
import dev.kamalbackup.error.Fault;
import dev.kamalbackup.error.RestoreException;
import dev.kamalbackup.plan.Inspection;
import dev.kamalbackup.process.Command;
import dev.kamalbackup.process.CommandOutput;
import dev.kamalbackup.spi.AdapterContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What is asked of a database besides dumping and restoring it: how many rows it has, whether its foreign keys hold, which
 * blobs it lists, and whether there is anything in it at all.
 *
 * @param shell makes the calls of sqlite3
 * @param scratch a folder for the statements that one question makes for the next
 */
record SqliteQuestions(SqliteShell shell, Path scratch) {
    private static final Duration QUICK = Duration.ofMinutes(2);

    /** A virtual table's rows are in tables of their own, and its module may not be at hand. */
    private static final String TABLES =
            "FROM sqlite_master AS m WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
                    + " AND m.sql NOT LIKE 'CREATE VIRTUAL%'";

    private static final String COUNTS = "SELECT 'SELECT count(*) || '' " + "' || hex(m.name) || ''' FROM \"' ||"
            + " replace(m.name, '\"', '\"\"') || '\";' " + TABLES;

    private static final String DANGLING = "SELECT (SELECT count(*) FROM pragma_foreign_key_check(m.name) AS c"
            + " WHERE c.fkid = f.id) || ' ' || hex(m.name || '.' || group_concat(f.\"from\", '+'))"
            + " FROM (SELECT m.name " + TABLES + ") AS m, pragma_foreign_key_list(m.name) AS f GROUP BY m.name, f.id";

    private static final String BLOB_COLUMNS =
            "SELECT group_concat(name) FROM pragma_table_info('active_storage_blobs')";

    /** Counts the rows of a copy that nobody writes. */
    Command countCopy(Path copy) {
        return count(new FileUri(copy).unchanging());
    }

    Inspection inspection(DatabaseSettings database, AdapterContext context) {
        Path file = DatabaseFile.configured(database);
        String uri = new FileUri(resolved(file)).existing();
        String columns = ask(context, uri, BLOB_COLUMNS, database);
        return new Inspection(
                file.toString(),
                List.of(count(uri)),
                List.of(shell.question(uri, List.of(DANGLING))),
                columns.isEmpty() ? List.of() : List.of(shell.question(uri, List.of(blobs(columns)))));
    }

    /** Whether there is no table: no file, a file without a byte, or a database without tables. */
    boolean isEmpty(DatabaseSettings database, AdapterContext context) {
        try {
            Path file = DatabaseFile.resolve(DatabaseFile.configured(database));
            if (!Files.exists(file) || Files.size(file) == 0) {
                return true;
            }
            String tables = ask(context, new FileUri(file).existing(), "SELECT count(*) FROM sqlite_master", database);
            return tables.equals("0");
        } catch (IOException unreachable) {
            throw new RestoreException(
                    new Fault(
                            "look at database " + database.name(),
                            DatabaseFile.configured(database).toString(),
                            DatabaseFile.reason(unreachable),
                            "see that this user may read it"),
                    unreachable);
        }
    }

    private Command count(String uri) {
        String statements = "\"" + scratch.resolve("count.sql").toString().replaceAll("([\\\\\"])", "\\\\$1") + "\"";
        return shell.question(uri, List.of(".output " + statements, COUNTS, ".output stdout", ".read " + statements));
    }

    private static String blobs(String columns) {
        boolean hasService = List.of(columns.split(",")).contains("service_name");
        return "SELECT byte_size || ' ' || hex(key) || ' ' || coalesce(nullif(hex(checksum), ''), '-') || ' ' || "
                + (hasService ? "coalesce(nullif(hex(service_name), ''), '-')" : "'-'")
                + " FROM active_storage_blobs WHERE length(key) > 0";
    }

    private String ask(AdapterContext context, String uri, String question, DatabaseSettings database) {
        CommandOutput answer = context.query(shell.question(uri, List.of(question)), QUICK);
        if (!answer.succeeded()) {
            throw new RestoreException(new Fault(
                    "look at database " + database.name(),
                    DatabaseFile.configured(database).toString(),
                    answer.stderr(),
                    "see that it is a SQLite database, that this user may read it, and that nobody keeps it locked"));
        }
        return answer.stdout().strip();
    }

    private static Path resolved(Path file) {
        try {
            return DatabaseFile.resolve(file);
        } catch (IOException unreachable) {
            // sqlite3 cannot reach it either, and says why.
            return file;
        }
    }
}
