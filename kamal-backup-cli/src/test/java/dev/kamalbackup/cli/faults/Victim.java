package dev.kamalbackup.cli.faults;

import dev.kamalbackup.cli.AppFolder;
import dev.kamalbackup.testing.Mounted;
import dev.kamalbackup.testing.TestRepository;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A small app with backups, to which a fault happens; and what is expected of it afterwards. */
final class Victim {
    static final int ROWS = 300;

    private static final String ONE =
            "retention: { keep_last: 1, keep_daily: 0, keep_weekly: 0, keep_monthly: 0, keep_yearly: 0 }";

    final AppFolder app;
    final Path folder;
    final TestRepository repository;
    final List<Running> said = new ArrayList<>();
    private final Path logs;
    private final List<Mounted> disks = new ArrayList<>();

    /** How many runs are whole when the fault is over. */
    int wholeRuns;

    /** The kind and outcome which the history must tell; nothing if the fault strikes before there is a run. */
    String recordKind = "backup";

    String recordOutcome = "failed";

    /** Whether the next run removes the one before. */
    boolean keepsOne;

    /** What must work when the fault is over. */
    String[] next = {"backup"};

    /** Where the server of its repository listens, if it has one. */
    int serverPort;

    /** Whether the dumps in the repository are SQLite's, to be looked into. */
    boolean looksInside = true;

    Victim(Path folder) throws Exception {
        logs = Files.createDirectories(folder.resolve("logs"));
        app = AppFolder.create(folder.resolve("shop"), "0.19");
        this.folder = app.folder;
        repository = app.repository;
        repository.make();
        app.shell("mkdir data; for i in 1 2 3 4 5; do head -c 3000 /dev/urandom >data/blob$i; done; sqlite3 app.sqlite3"
                + " 'CREATE TABLE t (x); WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < "
                + ROWS + ") INSERT INTO t SELECT randomblob(1000) FROM n'");
        configured("", "");
    }

    /** The usual configuration with more lines below {@code restic} and {@code backup}, in YAML's flow style. */
    Victim configured(String restic, String backup) throws Exception {
        return configured("repository: " + folder + "/repository", restic, backup);
    }

    Victim configured(String repository, String restic, String backup) throws Exception {
        app.configured("""
                app: shop
                databases:
                  - { name: app, adapter: sqlite, path: app.sqlite3 }
                paths: [data]
                restic: { %s, password: { secret: RESTIC_PASSWORD }, lock_wait: 2s, open_timeout: 10s, %s, %s }
                backup: { %s }
                drill: { files: scratch/files }
                state: { path: state }
                """.formatted(repository, keepsOne ? ONE : "retention: {}", restic, backup));
        return this;
    }

    /** Only one run stays, so that each run has something for retention to remove, which needs the repository alone. */
    Victim keepingOne() throws Exception {
        keepsOne = true;
        return configured("", "").backedUp();
    }

    /** One good backup before anything happens. */
    Victim backedUp() throws Exception {
        run("backup").well();
        wholeRuns++;
        return this;
    }

    /** A backup that is there all the same, or for the time being. */
    Victim counting(int more) {
        wholeRuns += more;
        return this;
    }

    Victim recording(String kind, String outcome) {
        recordKind = kind;
        recordOutcome = outcome;
        return this;
    }

    /** The fault strikes before there is anything to record. */
    Victim recordingNothing() {
        return recording("", "");
    }

    Victim then(String... command) {
        next = command;
        return this;
    }

    /** The app changes after its backup, and a restore is what must work in the end. */
    Victim restoring() throws Exception {
        app.shell("sqlite3 app.sqlite3 'DELETE FROM t WHERE rowid > 10'; rm data/blob1; echo changed >data/blob2");
        return then("restore", "production", "--confirm-production-restore", "--yes");
    }

    /** Nothing of a restore is to be seen. */
    void theLiveDataAreOld() throws Exception {
        app.shell("[ \"$(sqlite3 app.sqlite3 'PRAGMA integrity_check; SELECT count(*) FROM t' | paste -s)\""
                + " = $'ok\t10' ]; [ ! -e data/blob1 ]; [ \"$(cat data/blob2)\" = changed ]");
    }

    /** The database is as it was before the restore or as the restore makes it, and nothing between. */
    void theLiveDatabaseIsWhole() throws Exception {
        app.shell("case \"$(sqlite3 app.sqlite3 'PRAGMA integrity_check; SELECT count(*) FROM t' | paste -s)\" in"
                + " $'ok\t10' | $'ok\t" + ROWS + "') ;; *) exit 1 ;; esac");
    }

    /** All that the backup holds is back. */
    void theLiveDataAreRestored() throws Exception {
        app.shell("[ \"$(sqlite3 app.sqlite3 'PRAGMA integrity_check; SELECT count(*) FROM t' | paste -s)\" = $'ok\t"
                + ROWS + "' ]; [ \"$(ls -A data | paste -s)\" = $'blob1\tblob2\tblob3\tblob4\tblob5' ];"
                + " [ $(stat -c %s data/blob2) = 3000 ]");
    }

    Running start(String... arguments) throws Exception {
        int number = said.size();
        Path out = logs.resolve("out" + number);
        Path err = logs.resolve("err" + number);
        Running running = new Running(app.start(out, err, arguments), out, err);
        said.add(running);
        return running;
    }

    Running.Ended run(String... arguments) throws Exception {
        return start(arguments).end();
    }

    /**
     * Puts a script in front of a program. It sees the real one as {@code $REAL}, its arguments in one line as {@code
     * $ALL}, and a place for marks as {@code $MARKS}.
     */
    Victim inFrontOf(String program, String script) throws Exception {
        String real = program.equals("restic") ? folder + "/restic-bin/restic" : "/usr/bin/" + program;
        app.program(program, "REAL=" + real + " ALL=\"$*\" MARKS=" + logs + "\n" + script + "\nexec $REAL \"$@\"");
        return this;
    }

    /** Takes the script away. */
    void mended(String program) throws Exception {
        Files.delete(folder.resolve("bin").resolve(program));
    }

    /** A small disk of its own for this folder, until the fault is over. */
    Mounted onSmallDisk(String name, String size) throws Exception {
        Mounted disk = Mounted.tmpfs(folder.resolve(name), "size=" + size);
        disks.add(disk);
        return disk;
    }

    /** Ends and unmounts whatever there is left. */
    void clear() throws Exception {
        said.forEach(running -> running.process.destroyForcibly());
        new Strays(folder).end();
        for (Mounted disk : disks) {
            disk.close();
        }
    }

    Path mark(String name) {
        return logs.resolve(name);
    }
}
