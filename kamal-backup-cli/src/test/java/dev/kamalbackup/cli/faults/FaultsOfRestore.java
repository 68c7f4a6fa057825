package dev.kamalbackup.cli.faults;

import static dev.kamalbackup.cli.faults.Fault.once;

import dev.kamalbackup.testing.Mounted;
import java.util.List;

/** A restore and a drill, broken off at each of their steps. */
final class FaultsOfRestore {
    private static final String[] RESTORE = {"restore", "production", "--confirm-production-restore", "--yes"};
    private static final String[] DRILL = {"drill", "production", "--yes"};

    private static final Strike SAFETY = restoring("while what is replaced is backed up", "restic", "backup*safety:*");
    private static final Strike DUMP = restoring("while a dump is fetched", "restic", "dump*");
    private static final Strike FETCH = restoring("while the files are fetched", "restic", "restore*");
    private static final Strike LOAD = restoring("while the database is loaded", "sqlite3", "*'.restore '*");
    private static final Strike DRILL_LOAD = Strike.at(
                    Phase.DRILL, "while a scratch database is loaded", "sqlite3", "*'.restore '*", DRILL)
            .after(victim -> victim.backedUp().then(DRILL));

    private FaultsOfRestore() {}

    static List<Fault> all() {
        return List.of(
                SAFETY.ends(false, "restic-killed-in-safety-backup", "KILL", "nothing is changed", failed()),
                SAFETY.killed(false, "killed-in-safety-backup", "nothing is changed", untouched()),
                DUMP.ends(true, "restic-killed-in-fetch-of-dump", "KILL", "nothing is changed", failed()),
                DUMP.killed(false, "killed-in-fetch-of-dump", "nothing is changed", untouched()),
                FETCH.terminated(true, "terminated-in-fetch-of-files", "nothing is changed", stopped()),
                LOAD.killed(
                        true,
                        "killed-in-load",
                        "the same command finishes what it finds",
                        victim -> victim.recording("restore", "died")),
                LOAD.terminated(false, "terminated-in-load", "the database is whole, old or new", victim -> {
                    victim.theLiveDatabaseIsWhole();
                    victim.recording("restore", "interrupted");
                }),
                once(
                        "scratch-full-in-restore",
                        Phase.RESTORE,
                        "the state folder has less room than the dump takes",
                        "it is told before anything is changed",
                        victim -> {
                            victim.backedUp().restoring();
                            victim.app.shell("mkdir small");
                            try (Mounted small = Mounted.tmpfs(victim.folder.resolve("small"), "size=200k")) {
                                victim.app.with("KAMAL_BACKUP_STATE_DIR", victim.folder + "/small/state");
                                victim.run(
                                                "restore",
                                                "production",
                                                "--confirm-production-restore",
                                                "--yes",
                                                "--no-safety-backup")
                                        .with(1);
                            }
                            victim.app.with("KAMAL_BACKUP_STATE_DIR", victim.folder + "/state");
                            victim.theLiveDataAreOld();
                            victim.recording("backup", "complete");
                        }),
                DRILL_LOAD.ends(
                        true,
                        "sqlite3-killed-in-drill",
                        "KILL",
                        "the drill failed, and is recorded so",
                        (victim, ended) -> {
                            ended.with(1, "sqlite3 was ended by signal 9");
                            victim.recording("drill", "failed");
                        }),
                DRILL_LOAD.killed(
                        false,
                        "killed-in-drill",
                        "the next drill clears up what this one left",
                        victim -> victim.recording("drill", "died")),
                DRILL_LOAD.terminated(
                        false,
                        "terminated-in-drill",
                        "exit code 143, nothing is left in the scratch places",
                        victim -> victim.recording("drill", "interrupted")),
                once(
                        "check-of-drill-hangs",
                        Phase.DRILL,
                        "SIGTERM to kamal-backup while the drill's own check hangs and ignores SIGTERM",
                        "exit code 143, the check is ended, too",
                        victim -> {
                            victim.backedUp().then(DRILL);
                            victim.start(
                                            "drill",
                                            "production",
                                            "--yes",
                                            "--check",
                                            "touch '" + victim.mark("moment")
                                                    + "'; trap '' TERM; while :; do sleep 1; done")
                                    .when(victim.mark("moment"))
                                    .terminate()
                                    .end()
                                    .with(143);
                            victim.recording("drill", "interrupted");
                        }));
    }

    private static Strike restoring(String where, String program, String arguments) {
        return Strike.at(Phase.RESTORE, where, program, arguments, RESTORE)
                .after(victim -> victim.backedUp().restoring());
    }

    private static Fault.Trial untouched() {
        return victim -> {
            victim.theLiveDataAreOld();
            victim.recording("restore", "died");
        };
    }

    private static Fault.Trial stopped() {
        return victim -> {
            victim.theLiveDataAreOld();
            victim.recording("restore", "interrupted");
        };
    }

    private static Strike.Ended failed() {
        return (victim, ended) -> {
            ended.with(1, "was ended by signal 9");
            victim.theLiveDataAreOld();
            victim.recording("restore", "failed");
        };
    }
}
