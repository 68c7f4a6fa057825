package dev.kamalbackup.cli.faults;

import static dev.kamalbackup.cli.faults.Fault.always;

import java.util.List;

/** The dumper, or the database under it, as the victim. */
final class FaultsOfTheDump {
    private static final Strike DUMPING =
            Strike.at(Phase.DUMP, "while the dumper runs", "sqlite3", "*'.backup '*", "backup");
    private static final Strike CHECKING = Strike.at(
            Phase.END_OF_DUMP,
            "while the copy is checked, whose bytes are all read by then",
            "sqlite3",
            "*quick_check*",
            "backup");

    private FaultsOfTheDump() {}

    static List<Fault> all() {
        return List.of(
                DUMPING.ends(true, "dumper-killed", "KILL", "the dumper is blamed, the files are saved", blamed("9")),
                DUMPING.ends(
                        false, "dumper-terminated", "TERM", "the dumper is blamed, the files are saved", blamed("15")),
                DUMPING.killed(
                        true,
                        "killed-in-dump",
                        "the next start tells that a run died",
                        victim -> victim.recording("backup", "died")),
                DUMPING.terminated(
                        true,
                        "terminated-in-dump",
                        "exit code 143",
                        victim -> victim.recording("backup", "interrupted")),
                CHECKING.ends(true, "check-of-dump-killed", "KILL", "the dump is not in the repository", blamed("9")),
                CHECKING.killed(
                        true,
                        "killed-at-end-of-dump",
                        "the dump is not in the repository",
                        victim -> victim.recording("backup", "died")),
                CHECKING.terminated(
                        false,
                        "terminated-at-end-of-dump",
                        "the dump is not in the repository",
                        victim -> victim.recording("backup", "interrupted")),
                always(
                        "dumper-missing",
                        Phase.BEFORE,
                        "a PATH without `sqlite3`",
                        "the missing program is named",
                        victim -> {
                            String path = victim.folder + "/restic-bin";
                            victim.app.shell("for p in bash sh env; do cp /bin/$p restic-bin/; done");
                            victim.app.with("PATH", path);
                            victim.run("backup").with(1, "database app", "sqlite3");
                            victim.app.with("PATH", path + ":/usr/local/bin:/usr/bin:/bin");
                        }),
                always(
                        "database-damaged",
                        Phase.DUMP,
                        "zeros in the middle of the database file",
                        "nothing of the damaged database is in the repository",
                        victim -> {
                            victim.app.shell("cp app.sqlite3 good; printf '%04096d' 0 |"
                                    + " dd of=app.sqlite3 bs=4096 seek=20 conv=notrunc status=none");
                            victim.run("backup").with(1, "database app", "app.sqlite3", "next: ");
                            victim.app.shell("mv good app.sqlite3");
                        }),
                always(
                        "database-vanished",
                        Phase.BEFORE,
                        "the database file is gone",
                        "no empty one is made in its place",
                        victim -> {
                            victim.app.shell("mv app.sqlite3 elsewhere");
                            victim.run("backup").with(1, "database app", "the file does not exist");
                            victim.app.shell("test ! -e app.sqlite3; mv elsewhere app.sqlite3");
                        }),
                always(
                        "scratch-full",
                        Phase.DUMP,
                        "the disk of the scratch folder has less room than the copy of the database takes",
                        "the message says that the disk is full",
                        victim -> {
                            victim.app.shell("mkdir state; sqlite3 app.sqlite3 'CREATE TABLE big (x);"
                                    + " INSERT INTO big VALUES (zeroblob(6000000))'");
                            victim.onSmallDisk("state", "3m");
                            victim.run("backup").with(1, "database app", "full");
                            victim.app.shell("mount -o remount,size=50m state");
                        }));
    }

    private static Strike.Ended blamed(String signal) {
        return (victim, ended) -> ended.with(1, "database app", "sqlite3 was ended by signal " + signal);
    }
}
