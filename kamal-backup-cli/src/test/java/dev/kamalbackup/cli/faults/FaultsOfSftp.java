package dev.kamalbackup.cli.faults;

import static dev.kamalbackup.cli.faults.Fault.once;

import dev.kamalbackup.testing.SftpServer;
import java.util.List;

/** An SFTP server that is frozen: its machine answers, so that no connection breaks, and it does nothing, for ever. */
final class FaultsOfSftp {
    private FaultsOfSftp() {}

    static List<Fault> all() {
        return List.of(
                frozen(
                        "sftp-server-frozen-in-files",
                        Phase.FILES,
                        "while restic saves files",
                        "head -c 60000000 /dev/urandom >data/big"),
                frozen(
                        "sftp-server-frozen-after-the-last-byte",
                        Phase.END_OF_DUMP,
                        "when restic has all bytes of a dump, and has yet to send them",
                        "sqlite3 app.sqlite3 'CREATE TABLE more (x); INSERT INTO more VALUES (randomblob(30000000))'"),
                once(
                        "sftp-server-frozen-in-retention",
                        Phase.RETENTION,
                        "SIGSTOP of the SFTP server before restic removes old runs",
                        "restic is ended after `backup.stall_timeout`; the run that was just made is good",
                        victim -> {
                            victim.keepingOne();
                            over(
                                    victim,
                                    "[[ \"$ALL\" == forget* ]] && { touch $MARKS/moment;"
                                            + " until [ -e $MARKS/go ]; do sleep 0.1; done; }",
                                    (server, running) -> {
                                        running.when(victim.mark("moment"));
                                        server.freeze();
                                        victim.app.shell("touch '" + victim.mark("go") + "'");
                                        running.end().with(0, "restic was ended: nothing moved for");
                                    });
                            victim.counting(1).recording("prune", "failed");
                        }),
                once(
                        "sftp-server-frozen-in-fetch-of-dump",
                        Phase.RESTORE,
                        "SIGSTOP of the SFTP server before a dump is fetched for a restore",
                        "restic is ended after `backup.stall_timeout`; nothing is changed",
                        victim -> {
                            victim.keepingOne();
                            over(
                                    victim,
                                    "[[ \"$ALL\" == dump* ]] && { touch $MARKS/moment;"
                                            + " until [ -e $MARKS/go ]; do sleep 0.1; done; }",
                                    (server, running) -> {
                                        running.when(victim.mark("moment"));
                                        server.freeze();
                                        victim.app.shell("touch '" + victim.mark("go") + "'");
                                        running.end().with(1, "restic was ended: nothing moved for", "untouched");
                                    },
                                    "restore",
                                    "production",
                                    "--confirm-production-restore",
                                    "--yes",
                                    "--no-safety-backup");
                            victim.theLiveDataAreRestored();
                            victim.recording("restore", "failed");
                        }));
    }

    private interface InTheMiddle {
        void happens(SftpServer server, Running running) throws Exception;
    }

    private static Fault frozen(String name, Phase phase, String when, String prepared) {
        return once(
                name,
                phase,
                "SIGSTOP of the SFTP server " + when,
                "restic is ended after `backup.stall_timeout`, and blamed",
                victim -> {
                    // Retention then has something to do, and removes the lock of the restic that was ended.
                    victim.keepingOne();
                    victim.app.shell(prepared);
                    over(victim, "set -- --limit-upload 8000 \"$@\"", (server, running) -> {
                        running.when("an upload", () -> repositoryBytes(victim) > 5_000_000);
                        server.freeze();
                        running.end().with(1, "restic was ended: nothing moved for 6 s");
                    });
                });
    }

    private static void over(Victim victim, String restic, InTheMiddle inTheMiddle, String... command)
            throws Exception {
        try (SftpServer server = SftpServer.start(victim.folder.resolve("sftp"))) {
            victim.app.shell("ln -s ../repository sftp/repository");
            victim.app.program("ssh", "exec " + victim.folder + "/sftp/bin/ssh \"$@\"");
            victim.inFrontOf("restic", restic);
            victim.configured("repository: '" + server.address() + "'", "", "stall_timeout: 6s");
            try {
                inTheMiddle.happens(server, victim.start(command.length == 0 ? new String[] {"backup"} : command));
            } finally {
                server.thaw();
            }
        }
        victim.mended("restic");
        victim.configured("", "");
    }

    private static long repositoryBytes(Victim victim) throws Exception {
        return Long.parseLong(victim.app.shell("du -sb repository | cut -f 1").strip());
    }
}
