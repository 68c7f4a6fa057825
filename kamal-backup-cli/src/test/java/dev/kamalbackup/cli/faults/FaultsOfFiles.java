package dev.kamalbackup.cli.faults;

import static dev.kamalbackup.cli.faults.Fault.always;
import static dev.kamalbackup.cli.faults.Fault.once;

import java.util.List;

/** Files that change, vanish or turn into something else while restic reads them. */
final class FaultsOfFiles {
    /** Runs a script once restic has the file open. */
    private static final String ONCE_OPEN = "[[ \"$ALL\" == backup*type:files* ]] && { cd %s; ("
            + "until ls -l /proc/$$/fd 2>/dev/null | grep -q big; do :; done; %s) >/dev/null 2>&1 & }";

    private FaultsOfFiles() {}

    static List<Fault> all() {
        return List.of(
                whileRead(
                        "file-grows",
                        false,
                        "grows",
                        "for i in 1 2 3 4 5; do head -c 9000000 /dev/zero >>data/big; done"),
                whileRead("file-shrinks", true, "is cut short", "truncate -s 100 data/big"),
                whileRead("file-vanishes", true, "is removed", "rm data/big"),
                whileRead("file-becomes-fifo", false, "is replaced by a FIFO", "rm data/big; mkfifo data/big"),
                whileRead("file-is-replaced", false, "is replaced by another", "echo other >new; mv new data/big"),
                once(
                        "folder-vanishes-in-mid-read",
                        Phase.FILES,
                        "the folder is removed while one of its files is read",
                        "either the files are saved, or the run is told to be incomplete",
                        victim -> {
                            big(victim);
                            victim.inFrontOf("restic", ONCE_OPEN.formatted(victim.folder, "mv data gone"));
                            told(victim, victim.run("backup"));
                            victim.app.shell("[ -d data ] || mv gone data");
                            victim.mended("restic");
                        }),
                always(
                        "fifo-and-socket-among-files",
                        Phase.FILES,
                        "a FIFO that nobody writes to, and a socket",
                        "the backup does not wait for them",
                        victim -> {
                            victim.app.shell("mkfifo data/fifo; python3 -c 'import socket;"
                                    + " socket.socket(socket.AF_UNIX).bind(\"data/socket\")' || true");
                            victim.run("backup").well();
                            victim.counting(1).recording("backup", "complete");
                        }),
                always(
                        "names-that-are-no-utf-8",
                        Phase.FILES,
                        "files and folders whose names are Latin-1, with line breaks, quotes and escapes",
                        "they are saved, and come back with these names",
                        victim -> {
                            victim.app.shell(
                                    "mkdir data/$'f\\xfcr'; echo 1 >data/$'f\\xfcr'/$'\\xe4\\xff'; echo 2 >data/$'a\\nb';"
                                            + " echo 3 >data/$'q\"\\x1b[31m'\\'; (cd data; find . -type f | LC_ALL=C sort |"
                                            + " tr '\\n' '\\0' | sha256sum >../names)");
                            victim.run("backup").well();
                            victim.app.shell("rm -rf data/*");
                            victim.run(
                                            "restore",
                                            "production",
                                            "--confirm-production-restore",
                                            "--yes",
                                            "--only",
                                            "files")
                                    .well();
                            victim.app.shell("cd data; find . -type f | LC_ALL=C sort | tr '\\n' '\\0' | sha256sum |"
                                    + " cmp - ../names");
                            victim.counting(1).recording("restore", "complete");
                        }),
                always(
                        "path-vanished",
                        Phase.BEFORE,
                        "the folder of the files is not there, as when a volume is not mounted",
                        "the files fail, the database is saved",
                        victim -> {
                            victim.app.shell("mv data elsewhere");
                            victim.run("backup").with(1, "data", "no such file or folder");
                            victim.app.shell("mv elsewhere data");
                        }));
    }

    private static Fault whileRead(String name, boolean cheap, String what, String script) {
        return new Fault(
                name,
                Phase.FILES,
                cheap,
                "a large file " + what + " while restic reads it",
                "the files are saved, or the run is told to be incomplete; it does not hang",
                victim -> {
                    big(victim);
                    victim.inFrontOf("restic", ONCE_OPEN.formatted(victim.folder, "touch $MARKS/moment;" + script));
                    Running.Ended ended = victim.run("backup");
                    victim.app.shell("[ -e '" + victim.mark("moment") + "' ]; rm -f data/big");
                    victim.mended("restic");
                    told(victim, ended);
                });
    }

    private static void big(Victim victim) throws Exception {
        victim.app.shell("head -c 30000000 /dev/urandom >data/big");
    }

    private static void told(Victim victim, Running.Ended ended) {
        if (ended.exitCode() == 0) {
            victim.counting(1).recording("backup", "complete");
        } else {
            ended.with(1, "files", "data");
        }
    }
}
