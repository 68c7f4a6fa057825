package dev.kamalbackup.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kamalbackup.config.ResticSettings;
import dev.kamalbackup.config.Settings;
import dev.kamalbackup.redact.Secret;
import dev.kamalbackup.testing.Backups;
import dev.kamalbackup.testing.LocalServer;
import dev.kamalbackup.testing.Mounted;
import dev.kamalbackup.testing.TestRepository;
import dev.kamalbackup.testing.Tools;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Repositories that cannot be used: restic is named, nothing is created, and the database is not even asked. */
class RepositoryFaultIT {
    @TempDir
    private Path folder;

    @Test
    void aWrongPasswordIsToldAndNothingIsCreatedAndNoDumperStarted() throws Exception {
        TestRepository repository = TestRepository.create(folder.resolve("repository"), Tools.restic());
        Path dumped = folder.resolve("dumped");
        ResticSettings wrong = ResticSettings.of(
                        folder.resolve("repository").toString(), new Secret("not-the-password"))
                .withProgram(Tools.restic().toString())
                .creatingIfMissing();

        BackupResult result = Backups.backup(Backups.settings(
                folder,
                wrong,
                List.of(
                        Backups.script("app", "touch " + dumped + "; echo END"),
                        Backups.script("other", "touch " + dumped + "; echo END")),
                List.of()));

        assertThat(result.exitCode()).isEqualTo(12);
        assertThat(reason(result, 0)).contains("restic ended with exit code 12").contains("wrong password");
        assertThat(result.parts().get(1)).isInstanceOf(PartOutcome.NotTried.class);
        assertThat(dumped).doesNotExist();
        assertThat(repository.snapshots()).isEmpty();
    }

    @Test
    void aMissingRepositoryIsLeftMissingUnlessItMayBeCreated() throws Exception {
        TestRepository repository = TestRepository.at(folder.resolve("repository"), Tools.restic());
        Path dumped = folder.resolve("dumped");

        BackupResult refused = Backups.backup(settings(repository.settings(), "touch " + dumped + "; echo END"));

        assertThat(refused.exitCode()).isEqualTo(10);
        assertThat(reason(refused, 0)).contains("exit code 10");
        assertThat(hint(refused, 0)).contains("init_if_missing");
        assertThat(dumped).doesNotExist();
        assertThat(folder.resolve("repository")).doesNotExist();

        BackupResult created =
                Backups.backup(settings(repository.settings().creatingIfMissing(), "echo rows; echo END"));

        assertThat(created.complete()).as("%s", created).isTrue();
        assertThat(repository.snapshots()).hasSize(1);
    }

    @Test
    void anUnreachableServerIsGivenUpInTimeAndNothingIsCreated() throws Exception {
        ResticSettings unreachable = ResticSettings.of(
                        "rest:http://user:canary-in-url@127.0.0.1:" + LocalServer.freePort() + "/",
                        new Secret("password"))
                .withProgram(Tools.restic().toString())
                .withWaits(Duration.ofSeconds(60), Duration.ofSeconds(3))
                .creatingIfMissing();
        long startedAt = System.nanoTime();

        BackupResult result = Backups.backup(settings(unreachable, "echo rows; echo END"));

        assertThat(Duration.ofNanos(System.nanoTime() - startedAt)).isLessThan(Duration.ofSeconds(30));
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(reason(result, 0))
                .contains("restic could not open the repository within")
                .contains("connection refused")
                .doesNotContain("canary-in-url");
    }

    @Test
    void aRepositoryThatIsAFileIsRefusedAndTheFileLeftAlone() throws Exception {
        Path file = Files.writeString(folder.resolve("repository"), "not a repository");

        BackupResult result = Backups.backup(settings(
                TestRepository.at(file, Tools.restic()).settings().creatingIfMissing(), "echo rows; echo END"));

        assertThat(result.exitCode()).isNotZero();
        assertThat(reason(result, 0)).contains(file.toString()).contains("not a directory");
        assertThat(file).hasContent("not a repository");
    }

    @Test
    void aResticThatIsKilledIsBlamedAndNotTheDumper() throws Exception {
        TestRepository repository = TestRepository.create(folder.resolve("repository"), Tools.restic());
        Path restic = Files.writeString(
                folder.resolve("dying-restic"),
                "#!/bin/bash\n[ \"$1\" = backup ] && (sleep 2; kill -9 $$) &\nexec " + Tools.restic() + " \"$@\"\n");
        Files.setPosixFilePermissions(restic, PosixFilePermissions.fromString("rwxr-xr-x"));
        long startedAt = System.nanoTime();

        // So slow that nothing would be handed on to restic for hours.
        BackupResult result = Backups.backup(
                settings(repository.settings().withProgram(restic.toString()), "while echo row; do sleep 0.1; done"));

        assertThat(Duration.ofNanos(System.nanoTime() - startedAt)).isLessThan(Duration.ofSeconds(30));

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(reason(result, 0)).contains("restic was ended by signal 9");
        assertThat(repository.snapshots()).isEmpty();
        assertThat(ProcessHandle.current().descendants()).isEmpty();
    }

    @Test
    void aFullDiskUnderTheRepositoryIsToldInResticsWords() throws Exception {
        Path disk = Files.createDirectory(folder.resolve("disk"));
        try (Mounted small = Mounted.tmpfs(disk, "size=6m")) {
            TestRepository repository = TestRepository.create(disk.resolve("repository"), Tools.restic());

            BackupResult result =
                    Backups.backup(settings(repository.settings(), "head -c 60000000 /dev/urandom; echo; echo END"));

            assertThat(result.exitCode()).isEqualTo(1);
            assertThat(reason(result, 0)).contains("restic").contains("no space left on device");
            assertThat(hint(result, 0)).contains("make room");
            assertThat(repository.snapshots()).isEmpty();
            assertThat(repository.locks()).isEmpty();
        }
    }

    @Test
    void aReadOnlyRepositoryIsToldInResticsWords() throws Exception {
        Path disk = Files.createDirectory(folder.resolve("disk"));
        try (Mounted small = Mounted.tmpfs(disk, "size=60m")) {
            TestRepository repository = new TestRepository(
                    disk.resolve("repository").toString(), Tools.restic(), folder.resolve("plain-restic-cache"));
            repository.run("init");
            small.makeReadOnly();

            BackupResult result = Backups.backup(settings(repository.settings(), "echo rows; echo END"));

            assertThat(result.exitCode()).isEqualTo(1);
            assertThat(reason(result, 0)).contains("restic").contains("read-only file system");
            assertThat(repository.snapshots()).isEmpty();
        }
    }

    @Test
    void aDamagedSnapshotOfAnEarlierRunCostsTimeAndNoBackup() throws Exception {
        TestRepository repository = TestRepository.create(folder.resolve("repository"), Tools.restic());
        Path files = Files.createDirectory(folder.resolve("files"));
        Files.writeString(files.resolve("one"), "content");
        Settings settings = Backups.settings(
                folder, repository.settings(), List.of(Backups.script("app", "echo rows; echo END")), List.of(files));
        Backups.backup(settings);
        for (PartOutcome part : Backups.backup(settings).parts()) {
            Path snapshot = folder.resolve("repository/snapshots").resolve(((PartOutcome.Saved) part).snapshot());
            Files.setPosixFilePermissions(snapshot, PosixFilePermissions.fromString("rw-------"));
            Files.writeString(snapshot, "garbage");
        }
        // Which holds good copies.
        ScratchFolders.remove(folder.resolve("state/restic-cache"));

        BackupResult result = Backups.backup(settings);

        assertThat(result.complete()).as("%s", result).isTrue();
        assertThat(result.warnings())
                .singleElement()
                .satisfies(warning -> assertThat(warning)
                        .startsWith("files: every file had to be read: ")
                        .contains("Error loading snapshot")
                        .contains("remove it"));
    }

    private Settings settings(ResticSettings restic, String dump) {
        return Backups.settings(folder, restic, List.of(Backups.script("app", dump)), List.of());
    }

    private static String reason(BackupResult result, int part) {
        return ((PartOutcome.Failed) result.parts().get(part)).reason();
    }

    private static String hint(BackupResult result, int part) {
        return ((PartOutcome.Failed) result.parts().get(part)).hint();
    }
}
