package dev.kamalbackup.sqlite;

import dev.kamalbackup.error.Fault;
import dev.kamalbackup.error.RestoreException;
import dev.kamalbackup.plan.CommandStep;
import dev.kamalbackup.plan.DumpScan;
import dev.kamalbackup.plan.LoadStep;
import dev.kamalbackup.plan.RestorePlan;
import dev.kamalbackup.process.Command;
import dev.kamalbackup.spi.AdapterContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Plans a restore into one database. The backup API writes into the live file as one transaction: whoever has it open
 * sees the old content and then the new, and a restore that is killed leaves the old.
 *
 * @param database the database's name
 * @param configured its file, links not followed; need not exist
 * @param lockWait how long sqlite3 waits for another process's lock
 */
record SqliteRestore(String database, Path configured, Duration lockWait) {
    RestorePlan plan(AdapterContext context) {
        SqliteShell shell = SqliteShell.of(context, lockWait, operation());
        Path dump = context.scratch().resolve("restore.sqlite3");
        try {
            Path target = DatabaseFile.resolve(configured);
            Optional<SqliteHeader> current = currentHeader(target);
            return new RestorePlan(
                    configured.toString(),
                    false,
                    dump,
                    new SqliteProof(),
                    DumpScan.none(),
                    preflight(shell, context, dump, target, current),
                    load(shell, context, dump, target),
                    List.of(shell.checkDatabase(
                            target,
                            "the restored database is not sound: restore another run, and stop the app until then")));
        } catch (IOException unreachable) {
            throw new RestoreException(
                    new Fault(
                            operation(),
                            configured.toString(),
                            DatabaseFile.reason(unreachable),
                            "see that the path is right and that this user may read and write there"),
                    unreachable);
        }
    }

    /** The header of what the restore would replace; empty if there is nothing yet. */
    private Optional<SqliteHeader> currentHeader(Path target) throws IOException {
        if (!Files.exists(target)) {
            return Optional.empty();
        }
        if (!Files.isRegularFile(target)) {
            throw refused(
                    Files.isDirectory(target) ? "it is a folder" : "it is not a regular file",
                    "give the path of the SQLite file itself");
        }
        if (Files.size(target) == 0) {
            return Optional.empty();
        }
        Optional<SqliteHeader> header = DatabaseFile.header(target);
        if (header.isEmpty()) {
            throw refused(
                    "the file there is not a SQLite database, or its header is damaged",
                    "if it is the damaged database, stop the app, move the file away together with its -wal and -shm"
                            + " files, and restore again");
        }
        return header;
    }

    private static List<CommandStep> preflight(
            SqliteShell shell, AdapterContext context, Path dump, Path target, Optional<SqliteHeader> current) {
        List<CommandStep> steps = new ArrayList<>();
        steps.add(shell.checkCopy(dump, "restore another run: this dump is not sound"));
        steps.add(writable(DatabaseFile.nearestFolder(target), context));
        if (Files.exists(target)) {
            // The lock below does not show it: of a file that may only be read, SQLite takes a reader's lock.
            steps.add(writable(target, context));
        }
        current.ifPresent(header -> {
            steps.add(shell.lock(target, lockHint(target)));
            if (header.writeAheadLog()) {
                steps.add(shell.pageSize(dump, header.pageSize(), pageSizeHint(target)));
            }
        });
        return steps;
    }

    private static CommandStep writable(Path path, AdapterContext context) {
        return CommandStep.of(
                "make sure that this user may write to " + path,
                new Command("test", List.of("-w", path.toString()), context.childEnvironment()),
                Duration.ofMinutes(1),
                "the target must be writable: let this user write to " + path);
    }

    private static List<LoadStep> load(SqliteShell shell, AdapterContext context, Path dump, Path target)
            throws IOException {
        List<LoadStep> steps = new ArrayList<>();
        Path folder = target.getParent();
        if (folder != null && !Files.isDirectory(folder)) {
            steps.add(new LoadStep.Run(CommandStep.of(
                    "make the folder " + folder,
                    new Command("mkdir", List.of("-p", "--", folder.toString()), context.childEnvironment()),
                    Duration.ofMinutes(1),
                    "make the folder by hand, writable for this user")));
        }
        steps.add(new LoadStep.Run(shell.restore(dump, target, lockHint(target))));
        NewFileOwner.of(target)
                .map(owner -> owner.step(context.childEnvironment()))
                .ifPresent(steps::add);
        return steps;
    }

    private static String lockHint(Path target) {
        return "the database is unchanged; locked or busy means that another process is using it: stop the app"
                + " (fuser " + DatabaseFile.quoted(target)
                + " shows who has it open) and restore again; read-only means that this user may"
                + " not write to it or to its folder";
    }

    private static String pageSizeHint(Path target) {
        return "SQLite cannot change the page size of a database in WAL mode; stop the app, run: sqlite3 "
                + DatabaseFile.quoted(target) + " 'PRAGMA journal_mode=DELETE' and restore again";
    }

    private RestoreException refused(String reason, String hint) {
        return new RestoreException(new Fault(operation(), configured.toString(), reason, hint));
    }

    private String operation() {
        return "restore database " + database;
    }
}
