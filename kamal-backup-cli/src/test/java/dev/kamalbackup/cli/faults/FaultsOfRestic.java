package dev.kamalbackup.cli.faults;

import static dev.kamalbackup.cli.faults.Fault.always;
import static dev.kamalbackup.cli.faults.Fault.once;

import java.util.List;

/** Restic as the victim, and kamal-backup while restic works. */
final class FaultsOfRestic {
    private static final String CHECKED = "check_after_backup: true";
    private static final Strike UPLOAD = Strike.at(
                    Phase.UPLOAD, "while restic takes a dump", "restic", "backup*type:database*", "backup")
            .after(victim -> victim.inFrontOf("sqlite3", "[[ \"$ALL\" == *quick_check* ]] && sleep 2"));
    private static final Strike FILES =
            Strike.at(Phase.FILES, "while restic reads files", "restic", "backup*type:files*", "backup");
    private static final Strike FORGET = Strike.at(
                    Phase.RETENTION, "while restic removes old runs", "restic", "forget*", "backup")
            .after(Victim::keepingOne);
    private static final Strike CHECK = Strike.at(Phase.CHECK, "while restic checks", "restic", "check*", "check")
            .after(Victim::backedUp);

    private FaultsOfRestic() {}

    static List<Fault> all() {
        return List.of(
                UPLOAD.ends(
                        false,
                        "restic-terminated-in-upload",
                        "TERM",
                        "restic is blamed, and not the dumper",
                        blamed("database app", "15")),
                always(
                        "restic-killed-in-upload",
                        Phase.UPLOAD,
                        "SIGKILL of a restic that has a lock and half of a dump",
                        "restic is blamed; the next retention removes the dead restic's lock",
                        victim -> {
                            victim.keepingOne();
                            victim.inFrontOf(
                                    "restic",
                                    "[[ \"$ALL\" == backup*type:database* ]] && { (sleep 0.5; kill -KILL $$) & }");
                            victim.inFrontOf("sqlite3", "[[ \"$ALL\" == *quick_check* ]] && sleep 3");
                            victim.run("backup").with(1, "database app", "restic was ended by signal 9");
                            victim.mended("restic");
                            victim.mended("sqlite3");
                        }),
                once(
                        "restic-frozen-in-upload",
                        Phase.UPLOAD,
                        "SIGSTOP of restic while it takes a dump",
                        "restic is blamed after `backup.stall_timeout`",
                        victim -> {
                            victim.app.shell("sqlite3 app.sqlite3 'INSERT INTO t SELECT zeroblob(3000000)';"
                                    + " sqlite3 app.sqlite3 'DELETE FROM t WHERE length(x) > 1000'");
                            victim.configured("", "stall_timeout: 3s");
                            victim.inFrontOf("restic", "[[ \"$ALL\" == backup*type:database* ]] && kill -STOP $$");
                            victim.run("backup").with(1, "database app", "restic");
                            victim.mended("restic");
                        }),
                UPLOAD.killed(true, "killed-in-upload", "the dump is not in the repository", victim -> {
                    victim.mended("sqlite3");
                    victim.recording("backup", "died");
                }),
                UPLOAD.terminated(false, "terminated-in-upload", "exit code 143", victim -> {
                    victim.mended("sqlite3");
                    victim.recording("backup", "interrupted");
                }),
                FILES.ends(
                        true,
                        "restic-killed-in-files",
                        "KILL",
                        "the database is saved, the run is incomplete",
                        (victim, ended) -> ended.with(1, "files", "restic was ended by signal 9")),
                FILES.killed(
                        true,
                        "killed-in-files",
                        "the run is incomplete, though its database is saved",
                        victim -> victim.recording("backup", "died")),
                FILES.terminated(
                        false,
                        "terminated-in-files",
                        "exit code 143",
                        victim -> victim.recording("backup", "interrupted")),
                FORGET.ends(
                        true,
                        "restic-killed-in-retention",
                        "KILL",
                        "the run that was just made is good; the next retention makes up for this one",
                        (victim, ended) -> {
                            ended.with(0, "restic was ended by signal 9");
                            victim.counting(1).recording("prune", "failed");
                        }),
                FORGET.killed(
                        true,
                        "killed-in-retention",
                        "the run that was just made is good",
                        victim -> victim.counting(1).recording("prune", "died")),
                FORGET.terminated(
                        false,
                        "terminated-in-retention",
                        "the run that was just made is good",
                        victim -> victim.counting(1).recording("prune", "failed")),
                CHECK.ends(
                        true,
                        "restic-killed-in-check",
                        "KILL",
                        "the check failed, and is recorded so",
                        (victim, ended) -> {
                            ended.with(1, "restic was ended by signal 9");
                            victim.recording("check", "failed");
                        }),
                always(
                        "restic-killed-with-exclusive-lock",
                        Phase.CHECK,
                        "SIGKILL of a restic that checks and has locked the repository for itself alone",
                        "the next backup is made without help",
                        victim -> {
                            victim.backedUp();
                            victim.inFrontOf(
                                    "restic",
                                    // Its whole name: until then it is a file that restic has yet to rename.
                                    "[[ \"$ALL\" == check* ]] && { (until ls " + victim.folder
                                            + "/repository/locks | grep -qxE '[0-9a-f]{64}'; do :; done; kill -KILL $$)"
                                            + " >/dev/null 2>&1 & }");
                            victim.run("check").with(1, "restic was ended by signal 9");
                            victim.mended("restic");
                            // An exclusive lock of the dead blocks whoever only looks, too.
                            victim.run("backup").with(0, "was removed: its process is no more on this host");
                            victim.counting(1).recording("check", "failed");
                        }),
                CHECK.killed(
                        false,
                        "killed-in-check",
                        "nothing but the check is lost",
                        victim -> victim.recording("check", "died")),
                CHECK.terminated(
                        false, "terminated-in-check", "exit code 143", victim -> victim.recording("check", "failed")),
                Strike.at(Phase.CHECK, "while restic checks after a backup", "restic", "check*", "backup")
                        .after(victim -> victim.configured(CHECKED, ""))
                        .ends(
                                false,
                                "restic-killed-in-check-after-backup",
                                "KILL",
                                "the backup is good all the same",
                                (victim, ended) -> {
                                    ended.with(0, "restic was ended by signal 9");
                                    victim.counting(1).recording("check", "failed");
                                }));
    }

    private static Strike.Ended blamed(String part, String signal) {
        return (victim, ended) -> {
            ended.with(1, part, "restic was ended by signal " + signal);
            victim.mended("sqlite3");
        };
    }
}
