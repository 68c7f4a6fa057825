package dev.kamalbackup.sqlite;

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
 * Plans a look at what is in one database. The scratch folder must be there when it is looked at.
 *
 * @param database the database's name
 * @param configured its file, links not followed
 * @param lockWait how long sqlite3 waits for another process's lock
 */
record SqliteInspection(String database, Path configured, Duration lockWait) {
    Inspection plan(AdapterContext context) {
        SqliteShell shell = SqliteShell.of(context, lockWait, operation());
        Path file = existing();
        List<String> blobs = CountSql.blobs(ask(context, shell.look(file, List.of(CountSql.BLOB_COLUMNS))));
        return new Inspection(
                configured.toString(),
                List.of(shell.look(file, CountSql.rows(context.scratch().resolve("inspect.sql")))),
                List.of(shell.look(file, List.of(CountSql.DANGLING))),
                blobs.isEmpty() ? List.of() : List.of(shell.look(file, blobs)));
    }

    /** Whether there is no table: no file, a file without a byte, or a database without anything. */
    boolean isEmpty(AdapterContext context) {
        try {
            Path file = DatabaseFile.resolve(configured);
            if (!Files.exists(file) || Files.size(file) == 0) {
                return true;
            }
        } catch (IOException unreadable) {
            throw refused(DatabaseFile.reason(unreadable));
        }
        SqliteShell shell = SqliteShell.of(context, lockWait, operation());
        return ask(context, shell.look(existing(), List.of("SELECT 1 FROM sqlite_master LIMIT 1")))
                .isEmpty();
    }

    private Path existing() {
        try {
            Path file = configured.toRealPath();
            if (!Files.isRegularFile(file) || DatabaseFile.header(file).isEmpty()) {
                throw refused("it is not a SQLite database");
            }
            return file;
        } catch (IOException unreadable) {
            throw refused(DatabaseFile.reason(unreadable));
        }
    }

    private List<String> ask(AdapterContext context, Command question) {
        CommandOutput answer = context.query(question, lockWait.plusMinutes(1));
        if (!answer.succeeded()) {
            throw refused(answer.stderr());
        }
        return answer.stdout().lines().toList();
    }

    private RestoreException refused(String reason) {
        return new RestoreException(new Fault(
                operation(),
                configured.toString(),
                reason,
                "see that the path is right and that this user may read and write there"));
    }

    private String operation() {
        return "look into database " + database;
    }
}
