package dev.kamalbackup.cli.faults;

import static dev.kamalbackup.cli.faults.Fault.always;
import static dev.kamalbackup.cli.faults.Fault.once;

import java.util.List;

/** A machine that has too little of everything. */
final class FaultsFromOutside {
    private FaultsFromOutside() {}

    static List<Fault> all() {
        return List.of(
                always(
                        "restic-out-of-file-descriptors",
                        Phase.UPLOAD,
                        "restic may have no more than five files open",
                        "restic is blamed",
                        victim -> {
                            victim.inFrontOf("restic", "[[ \"$ALL\" == backup* ]] && ulimit -n 5");
                            victim.run("backup").with(1, "restic");
                            victim.mended("restic");
                        }),
                once(
                        "dumper-out-of-memory",
                        Phase.DUMP,
                        "the dumper gets no memory",
                        "the dumper is blamed",
                        victim -> {
                            victim.inFrontOf("sqlite3", "[[ \"$ALL\" == *'.backup '* ]] && ulimit -v 6000");
                            victim.run("backup").with(1, "database app", "sqlite3");
                            victim.mended("sqlite3");
                        }),
                once("jvm-out-of-memory", Phase.BEFORE, "a heap of 4 MB", "it ends, and not well", victim -> {
                    victim.app.with("JAVA_TOOL_OPTIONS", "-Xmx4m");
                    Running.Ended ended = victim.run("backup");
                    victim.app.with("JAVA_TOOL_OPTIONS", "-Xmx512m");
                    ended.with(1, "OutOfMemoryError");
                    victim.recordingNothing();
                }));
    }
}
