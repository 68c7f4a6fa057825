package dev.kamalbackup.cli.faults;

import static dev.kamalbackup.cli.faults.Fault.always;
import static dev.kamalbackup.cli.faults.Fault.once;

import java.util.List;

/** The program as a user whom the modes of files bind, which root's do not; some of them forbid what it needs. */
final class FaultsOfPermission {
    private static final String BEFORE_FILES = "[[ \"$ALL\" == backup*type:files* ]] && chmod ";

    private FaultsOfPermission() {}

    static List<Fault> all() {
        return List.of(
                always(
                        "unreadable-file",
                        Phase.FILES,
                        "a file and a folder among the files that its user must not read",
                        "what cannot be read is named; all else is saved",
                        victim -> {
                            bound(victim);
                            victim.app.shell(
                                    "echo secret >data/closed; mkdir data/locked; echo secret >data/locked/file;"
                                            + " chmod 000 data/closed data/locked");
                            victim.run("backup").with(0, "closed", "locked", "permission denied");
                            victim.app.shell("chmod 700 data/closed data/locked");
                            victim.counting(1).recording("backup", "complete");
                        }),
                once(
                        "permission-lost-in-mid-run",
                        Phase.FILES,
                        "the repository may not be written to any more when restic begins to read files",
                        "restic's own words, and what to do",
                        victim -> {
                            bound(victim);
                            victim.inFrontOf("restic", BEFORE_FILES + "-R a-w " + victim.folder + "/repository");
                            victim.run("backup").with(1, "files", "permission denied", "let this user write");
                            victim.app.shell("chmod -R u+w repository");
                            victim.mended("restic");
                        }),
                once(
                        "permission-of-state-lost-in-mid-run",
                        Phase.STATE,
                        "the state folder may not be written to any more when restic begins to read files",
                        "it is told what could not be recorded; the run is good, and is kept and recorded by the next start",
                        victim -> {
                            bound(victim);
                            victim.inFrontOf("restic", BEFORE_FILES + "a-w " + victim.folder + "/state");
                            victim.run("backup").with(0, "cannot add to the history", "AccessDenied");
                            victim.app.shell("chmod u+w state");
                            victim.mended("restic");
                            victim.counting(1).recording("backup", "complete");
                        }));
    }

    /** Still root by number, as it owns everything here, but without the right to pass over modes. */
    private static void bound(Victim victim) {
        victim.app.startedBy("setpriv", "--bounding-set", "-dac_override,-dac_read_search", "--");
    }
}
