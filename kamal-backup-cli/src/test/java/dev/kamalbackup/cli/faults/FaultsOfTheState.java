package dev.kamalbackup.cli.faults;

import static dev.kamalbackup.cli.faults.Fault.always;
import static dev.kamalbackup.cli.faults.Fault.once;

import java.util.List;

/** The state folder: full, read-only, damaged, lost, or in use by another run. */
final class FaultsOfTheState {
    private FaultsOfTheState() {}

    static List<Fault> all() {
        return List.of(
                always(
                        "state-full",
                        Phase.STATE,
                        "the disk of the state folder is full before the run",
                        "it is told before anything is dumped",
                        victim -> {
                            victim.app.shell("mkdir state");
                            victim.onSmallDisk("state", "20m");
                            victim.app.shell("cat /dev/zero >state/filler 2>/dev/null || true");
                            victim.run("backup").with(1, "state", "No space left on device");
                            victim.app.shell("rm state/filler");
                            victim.recordingNothing();
                        }),
                once(
                        "state-read-only",
                        Phase.STATE,
                        "the file system of the state folder is read-only",
                        "it is told before anything is dumped",
                        victim -> {
                            victim.app.shell("mkdir state");
                            victim.onSmallDisk("state", "20m").makeReadOnly();
                            victim.run("backup").with(1, "state", "Read-only file system");
                            victim.app.shell("mount -o remount,rw state");
                            victim.recordingNothing();
                        }),
                always(
                        "state-lost-in-mid-run",
                        Phase.STATE,
                        "the state folder is removed while restic reads files",
                        "the exit code tells, or the run is good",
                        victim -> {
                            victim.inFrontOf(
                                    "restic",
                                    "[[ \"$ALL\" == backup*type:files* ]] && mv " + victim.folder + "/state "
                                            + victim.folder + "/lost");
                            Running.Ended ended = victim.run("backup");
                            victim.mended("restic");
                            victim.counting(ended.exitCode() == 0 ? 1 : 0).recordingNothing();
                        }),
                always(
                        "two-runs-at-once",
                        Phase.BEFORE,
                        "a second `backup` while one is under way",
                        "the second is told who is first, and the first is not disturbed",
                        victim -> {
                            victim.inFrontOf(
                                    "sqlite3",
                                    "[[ \"$ALL\" == *quick_check* ]] && { touch $MARKS/moment;"
                                            + " until [ -e $MARKS/go ]; do sleep 0.1; done; }");
                            Running first = victim.start("backup").when(victim.mark("moment"));
                            victim.run("backup").with(1, "another");
                            victim.app.shell("touch '" + victim.mark("go") + "'");
                            first.end().well();
                            victim.mended("sqlite3");
                            victim.counting(1).recording("backup", "complete");
                        }),
                always(
                        "journal-damaged",
                        Phase.STATE,
                        "garbage in `run.json`, the journal that a dead run left",
                        "it is told and put aside, and the run is made",
                        victim -> {
                            victim.app.shell("mkdir state; head -c 50 /dev/urandom >state/run.json");
                            victim.run("backup").with(0, "run.json.damaged");
                            victim.counting(1).recording("backup", "complete");
                        }),
                once(
                        "last-backup-damaged",
                        Phase.STATE,
                        "`last_backup.json` is cut short",
                        "the next run is made and writes it anew",
                        victim -> {
                            victim.backedUp();
                            victim.app.shell("head -c 20 state/last_backup.json >cut; cat cut >state/last_backup.json");
                            victim.run("backup").well();
                            victim.run("status", "--state-only").well();
                            victim.counting(1).recording("backup", "complete");
                        }),
                once(
                        "history-cut-short",
                        Phase.STATE,
                        "the last line of `history.jsonl` was written half, as by a power cut",
                        "the next run is made and the chain goes on",
                        victim -> {
                            victim.backedUp();
                            victim.app.shell("printf '{\"schema_version\":1,\"kind\":\"ba' >>state/history.jsonl");
                            victim.run("backup").well();
                            victim.counting(1).recording("backup", "complete");
                        }),
                once(
                        "scratch-left-behind",
                        Phase.STATE,
                        "a copy of a database that a run killed long ago left in the scratch folder",
                        "it is removed by the next start",
                        victim -> {
                            victim.app.shell("mkdir -p state/scratch/20200101T000000Z/app;"
                                    + " head -c 100000 /dev/urandom >state/scratch/20200101T000000Z/app/copy.sqlite3");
                            victim.recording("backup", "complete");
                        }));
    }
}
