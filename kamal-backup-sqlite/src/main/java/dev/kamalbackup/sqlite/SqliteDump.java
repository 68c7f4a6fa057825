package dev.kamalbackup.sqlite;

import dev.kamalbackup.error.DumpException;
import dev.kamalbackup.error.Fault;
import dev.kamalbackup.plan.DumpPlan;
import dev.kamalbackup.plan.DumpSource;
import dev.kamalbackup.plan.RowCount;
import dev.kamalbackup.spi.AdapterContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Plans the dump of one database: a consistent copy into the scratch folder, which is checked while its bytes go out.
 * Readers and, in WAL mode, writers go on meanwhile; in rollback-journal mode writers wait until the copy is made.
 *
 * @param database the database's name
 * @param configured its file, links not followed
 * @param lockWait how long sqlite3 waits for another process's lock
 */
record SqliteDump(String database, Path configured, Duration lockWait) {
    DumpPlan plan(AdapterContext context) {
        SqliteShell shell = SqliteShell.of(context, lockWait, operation());
        Path copy = context.scratch().resolve("copy.sqlite3");
        try {
            Path source = configured.toRealPath();
            requireDatabase(source);
            requireRoom(source, copy);
            return new DumpPlan(
                    configured.toString(),
                    List.of(shell.copy(source, copy, copyHint(source))),
                    new DumpSource.ScratchFile(copy),
                    List.of(shell.checkCopy(copy, checkHint(source))),
                    new SqliteProof(),
                    new RowCount.Beside(
                            List.of(shell.lookAtCopy(
                                    copy, CountSql.rows(context.scratch().resolve("count.sql")))),
                            true));
        } catch (IOException unreadable) {
            throw new DumpException(
                    new Fault(
                            operation(),
                            configured.toString(),
                            DatabaseFile.reason(unreadable),
                            "see that the path is right, that its volume is mounted here and that this user may read it"),
                    unreadable);
        }
    }

    private void requireDatabase(Path source) throws IOException {
        // Looked at before it is opened: opening a named pipe would wait for ever.
        if (!Files.isRegularFile(source)) {
            throw refused(
                    Files.isDirectory(source) ? "it is a folder" : "it is not a regular file",
                    "give the path of the SQLite file itself");
        }
        if (Files.size(source) == 0) {
            throw refused(
                    "the file is empty, which is no SQLite database yet",
                    "see that the path is right and that the app has created its database");
        }
        if (DatabaseFile.header(source).isEmpty()) {
            throw refused(
                    "the file does not begin with the header of a SQLite database",
                    "see that the path is right; an encrypted database cannot be backed up with sqlite3");
        }
    }

    /** A full disk hurts the app more than a backup that did not happen. */
    private void requireRoom(Path source, Path copy) throws IOException {
        Path folder = DatabaseFile.nearestFolder(copy);
        long needed = Files.size(source);
        long free = Files.getFileStore(folder).getUsableSpace();
        if (needed > free) {
            throw refused(
                    "the copy needs " + needed + " bytes and " + folder + " has " + free + " left",
                    "make room there, or name another folder in state.path");
        }
    }

    private DumpException refused(String reason, String hint) {
        return new DumpException(new Fault(operation(), configured.toString(), reason, hint));
    }

    private String operation() {
        return "back up database " + database;
    }

    private static String copyHint(Path source) {
        return "if it is locked, end what holds the lock (fuser " + DatabaseFile.quoted(source)
                + " shows who has it open) and run it again;"
                + " if it is read-only, let this user write to " + source.getParent()
                + ", where SQLite keeps the -shm file of a database in WAL mode and recovers after a crash";
    }

    private static String checkHint(Path source) {
        return "no snapshot was made; if the database is damaged, stop the app and look at it with: sqlite3 "
                + DatabaseFile.quoted(source)
                + " 'PRAGMA integrity_check'";
    }
}
