package dev.kamalbackup.sqlite;

import dev.kamalbackup.error.Fault;
import dev.kamalbackup.error.ToolException;
import dev.kamalbackup.plan.CommandStep;
import dev.kamalbackup.process.ChildEnvironment;
import dev.kamalbackup.process.Command;
import dev.kamalbackup.spi.AdapterContext;
import dev.kamalbackup.spi.Tool;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes the calls of the {@code sqlite3} program: without the user's start-up file, ended by the first error, waiting
 * for locks.
 *
 * @param environment all that sqlite3 sees
 * @param lockWait how long it waits for another process's lock
 */
record SqliteShell(ChildEnvironment environment, Duration lockWait) {
    static final Tool TOOL = new Tool("sqlite3", List.of("-version"), "apt-get install sqlite3");

    /** Reading every page of a large database on a slow disk takes hours, and a check must not fail for that. */
    private static final Duration LONGEST = Duration.ofHours(12);

    /** A shell for this context; the operation is what cannot be done without sqlite3. */
    static SqliteShell of(AdapterContext context, Duration lockWait, String operation) {
        if (context.find(TOOL.program()).isEmpty()) {
            throw new ToolException(new Fault(
                    operation,
                    TOOL.program(),
                    "the program was not found on the PATH",
                    "get it with: " + TOOL.install()));
        }
        return new SqliteShell(context.childEnvironment(), lockWait);
    }

    /**
     * Makes sqlite3 map the file it reads, which spares a call to the system for each page. A file that shrinks meanwhile
     * ends sqlite3 by a signal; nothing is taken for whole then. The pragma prints a number, which is nobody's answer.
     */
    private static final List<String> MAPPED =
            List.of(".output /dev/null", "PRAGMA mmap_size = " + Long.MAX_VALUE, ".output stdout");

    /**
     * Copies a database. The read transaction is what makes the copy come to an end: {@code .backup} reads 100 pages at
     * a time and begins again whenever another process has written in between, for ever if that never stops. It also
     * makes the wait for a lock work, which {@code .backup} by itself gives up at once.
     */
    CommandStep copy(Path source, Path copy, String hint) {
        List<String> statements = new ArrayList<>(MAPPED);
        statements.add("BEGIN");
        statements.add("SELECT count(*) >= 0 FROM sqlite_master");
        // The copy is read at once and then removed, so it need not survive a power cut.
        statements.add(".backup --async " + new FileUri(copy).plain());
        return step("copy the database", "1", LONGEST, hint, new FileUri(source).existing(), statements);
    }

    /** Puts a copy into a database, as one transaction of that database, and makes the database if it is missing. */
    CommandStep restore(Path copy, Path target, String hint) {
        // Read-only: sqlite3 would make an empty database of a copy that is missing, and restore that.
        return step(
                "restore the database",
                "",
                LONGEST,
                hint,
                new FileUri(target).existingOrNew(),
                List.of(".restore " + new FileUri(copy).unchanging()));
    }

    /** Checks the structure of a file that nobody writes. */
    CommandStep checkCopy(Path copy, String hint) {
        return check("check the copy", new FileUri(copy).unchanging(), hint, MAPPED);
    }

    /** Checks the structure of a database that others may use. */
    CommandStep checkDatabase(Path database, String hint) {
        return check("check the restored database", new FileUri(database).existing(), hint, List.of());
    }

    /** Takes the lock that a restore needs, and gives it back. */
    CommandStep lock(Path database, String hint) {
        return step(
                "lock the database",
                "",
                lockWait.plusMinutes(1),
                hint,
                new FileUri(database).existing(),
                List.of("BEGIN EXCLUSIVE", "ROLLBACK"));
    }

    /** Compares the page size of a copy. */
    CommandStep pageSize(Path copy, int expected, String hint) {
        return step(
                "compare the page sizes",
                Integer.toString(expected),
                lockWait.plusMinutes(1),
                hint,
                new FileUri(copy).unchanging(),
                List.of("PRAGMA page_size"));
    }

    /** Asks a database; what it answers goes to standard output, a line for each row. */
    Command question(String uri, List<String> statements) {
        List<String> all = new ArrayList<>(List.of("PRAGMA query_only = ON"));
        all.addAll(statements);
        return command(uri, all);
    }

    private CommandStep check(String name, String uri, String hint, List<String> before) {
        List<String> statements = new ArrayList<>(before);
        // A row that breaks a CHECK, or a CHECK that calls a function of the app's own, is no damage to the file.
        statements.add("PRAGMA ignore_check_constraints = ON");
        statements.add("PRAGMA quick_check(10)");
        return step(name, "ok", LONGEST, hint, uri, statements);
    }

    /** Asks a copy that nobody writes. */
    Command lookAtCopy(Path copy, List<String> questions) {
        List<String> statements = new ArrayList<>(MAPPED);
        statements.addAll(questions);
        return command(new FileUri(copy).unchanging(), statements);
    }

    /**
     * Asks a database that others may use, and changes nothing in it. It is opened for writing all the same: who may only
     * read a database in WAL mode leaves the files beside it behind.
     */
    Command look(Path database, List<String> questions) {
        List<String> statements = new ArrayList<>(List.of("PRAGMA query_only = ON"));
        statements.addAll(questions);
        return command(new FileUri(database).existing(), statements);
    }

    private CommandStep step(
            String name, String expected, Duration timeout, String hint, String uri, List<String> statements) {
        return new CommandStep(name, command(uri, statements), expected, timeout, hint);
    }

    private Command command(String uri, List<String> statements) {
        List<String> arguments = new ArrayList<>(List.of("-batch", "-bail", "-init", "/dev/null", uri));
        arguments.add(".timeout " + lockWait.toMillis());
        arguments.addAll(statements);
        return new Command(TOOL.program(), arguments, environment);
    }
}
