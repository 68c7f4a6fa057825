package dev.kamalbackup.cli.faults;

import static dev.kamalbackup.cli.faults.Fault.always;
import static dev.kamalbackup.cli.faults.Fault.once;

import dev.kamalbackup.testing.Mounted;
import dev.kamalbackup.testing.TestRepository;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A repository in a folder that is full, read-only, damaged, locked or gone. */
final class FaultsOfTheRepository {
    private static final String FIRST_PACK = "p=$(find repository/data -type f | sort | head -n 1)";

    private FaultsOfTheRepository() {}

    static List<Fault> all() {
        return List.of(
                always(
                        "repository-full",
                        Phase.UPLOAD,
                        "the disk of the repository is full",
                        "restic's own words, and what to do",
                        victim -> {
                            victim.onSmallDisk("repository", "2m");
                            victim.repository.make();
                            victim.app.shell("head -c 1900k /dev/zero >repository/filler");
                            victim.run("backup").with(1, "restic", "no space left on device", "make room");
                            victim.app.shell("rm repository/filler");
                        }),
                once(
                        "cache-full",
                        Phase.UPLOAD,
                        "the disk of restic's cache is full",
                        "the message names the state folder, and not the repository's disk",
                        victim -> {
                            Path cache =
                                    Files.createDirectories(victim.app.state().resolve("restic-cache"));
                            try (Mounted small = Mounted.tmpfs(cache, "size=16k")) {
                                victim.app.shell("head -c 16k /dev/zero >state/restic-cache/filler || true");
                                victim.run("backup").with(1, "no space left on device", "state folder");
                            }
                        }),
                once(
                        "repository-read-only",
                        Phase.UPLOAD,
                        "the file system of the repository is read-only",
                        "restic's own words",
                        victim -> {
                            Mounted disk = victim.onSmallDisk("repository", "20m");
                            victim.repository.make();
                            disk.makeReadOnly();
                            victim.run("backup").with(1, "restic", "read-only file system");
                            victim.app.shell("mount -o remount,rw repository");
                        }),
                always(
                        "repository-gone",
                        Phase.BEFORE,
                        "the folder of the repository is not there",
                        "exit code 10, and no other is made in its place",
                        victim -> {
                            victim.app.shell("mv repository elsewhere");
                            victim.run("backup").with(10, "repository", "init_if_missing");
                            victim.app.shell("test ! -e repository; mv elsewhere repository");
                        }),
                always(
                        "password-changed",
                        Phase.BEFORE,
                        "another password than the repository's",
                        "exit code 12",
                        victim -> {
                            victim.app.with("RESTIC_PASSWORD", "another-password");
                            victim.run("backup").with(12, "wrong password");
                            victim.app.with("RESTIC_PASSWORD", TestRepository.PASSWORD);
                        }),
                once(
                        "lock-of-another-host",
                        Phase.BEFORE,
                        "a living restic on another host has locked the repository for itself alone",
                        "exit code 11 after `restic.lock_wait`; the lock stays",
                        victim -> {
                            victim.backedUp();
                            Process holder = victim.app.startShell("exec env RESTIC_PASSWORD=" + TestRepository.PASSWORD
                                    + " unshare --uts sh -c 'hostname elsewhere; exec restic-bin/restic check -q --no-cache"
                                    + " --read-data --limit-download 1 -r repository'");
                            try {
                                victim.app.shell("for i in $(seq 600); do ls repository/locks/* 2>/dev/null && exit;"
                                        + " sleep 0.1; done; exit 1");
                                victim.run("backup").with(11, "lock");
                                victim.app.shell("ls repository/locks/*");
                            } finally {
                                holder.children().forEach(ProcessHandle::destroy);
                                holder.destroy();
                                holder.waitFor();
                            }
                            victim.app.shell("for i in $(seq 600); do ls repository/locks/* 2>/dev/null || exit 0;"
                                    + " sleep 0.1; done; exit 1");
                        }),
                once(
                        "pack-missing",
                        Phase.CHECK,
                        "a pack is gone from the repository",
                        "`check` finds it and says so",
                        victim -> {
                            victim.backedUp();
                            victim.app.shell(FIRST_PACK + "; mv $p pack; echo $p >place");
                            victim.run("check").with(1, "repository");
                            victim.app.shell("mv pack $(cat place)");
                            victim.recording("check", "failed").then("check");
                        }),
                always(
                        "pack-damaged",
                        Phase.CHECK,
                        "a bit is flipped in every pack",
                        "`check --read-data-subset 100%` finds it, and a restore changes nothing",
                        victim -> {
                            victim.backedUp();
                            victim.app.shell("cp -a repository good; for p in $(find repository/data -type f); do"
                                    + " chmod u+w $p; printf X | dd of=$p bs=1 seek=200 conv=notrunc status=none; done;"
                                    + " rm -rf state/restic-cache");
                            victim.run("check", "--read-data-subset", "100%").with(1, "repository");
                            victim.app.shell("sha256sum app.sqlite3 data/* >sums");
                            victim.run(
                                            "restore",
                                            "production",
                                            "--confirm-production-restore",
                                            "--yes",
                                            "--no-safety-backup")
                                    .with(1, "untouched");
                            victim.app.shell("sha256sum -c --quiet sums; rm -rf repository state/restic-cache;"
                                    + " mv good repository");
                            victim.recording("restore", "failed");
                        }),
                once(
                        "snapshot-damaged",
                        Phase.BEFORE,
                        "zeros in the file of a snapshot in the repository",
                        "the run is good, and slow; a warning names the snapshot, and `check` finds it",
                        victim -> {
                            victim.backedUp();
                            victim.app.shell(
                                    "p=$(find repository/snapshots -type f | sort | head -n 1); cp -p $p good;"
                                            + " echo $p >place; chmod u+w $p; head -c 200 /dev/zero >$p; rm -rf state/restic-cache");
                            victim.run("backup")
                                    .with(0, "every file had to be read", "Error loading snapshot", "remove it");
                            victim.run("check").with(1, "snapshot");
                            victim.app.shell("cp good $(cat place)");
                            victim.counting(1).recording("check", "failed").then("check");
                        }),
                once(
                        "index-damaged",
                        Phase.BEFORE,
                        "zeros in the repository's index",
                        "restic is blamed, and nothing is added",
                        victim -> {
                            victim.backedUp();
                            victim.app.shell("cp -a repository good; for p in repository/index/*; do chmod u+w $p;"
                                    + " head -c 300 /dev/zero >$p; done; rm -rf state/restic-cache");
                            victim.run("backup").with(1, "restic");
                            victim.app.shell("rm -rf repository state/restic-cache; mv good repository");
                        }),
                once(
                        "config-of-repository-damaged",
                        Phase.BEFORE,
                        "the repository's `config` is garbage",
                        "restic is blamed, and nothing is made anew",
                        victim -> {
                            victim.configured("init_if_missing: true", "");
                            victim.app.shell("cp repository/config good; head -c 155 /dev/urandom >repository/config");
                            victim.run("backup").with(1, "restic");
                            victim.app.shell("cp good repository/config");
                        }));
    }
}
