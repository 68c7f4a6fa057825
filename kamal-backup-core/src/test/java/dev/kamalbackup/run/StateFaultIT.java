package dev.kamalbackup.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kamalbackup.config.Settings;
import dev.kamalbackup.state.StateFolder;
import dev.kamalbackup.testing.Backups;
import dev.kamalbackup.testing.Mounted;
import dev.kamalbackup.testing.TestRepository;
import dev.kamalbackup.testing.Tools;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A state folder that fills up, or is lost, while a run is under way: what is in the repository counts all the same. */
class StateFaultIT {
    @TempDir
    private Path folder;

    @Test
    void aStateFolderThatFillsUpInMidRunIsToldAndTheBackupCounts() throws Exception {
        TestRepository repository = TestRepository.create(folder.resolve("repository"), Tools.restic());
        Path state = Files.createDirectory(folder.resolve("state"));
        Path filler = state.resolve("filler");
        try (Mounted small = Mounted.tmpfs(state, "size=2m")) {
            // Restic fails when its cache is full; here it is only the records that have no room.
            Files.createSymbolicLink(
                    state.resolve("restic-cache"), Files.createDirectory(folder.resolve("cache-elsewhere")));
            BackupResult result = Backups.backup(
                    settings(repository, "echo rows; head -c 9000000 /dev/zero >" + filler + " 2>/dev/null; echo END"));

            assertThat(result.complete()).as("%s", result).isTrue();
            assertThat(result.exitCode()).isZero();
            assertThat(result.warnings())
                    .anySatisfy(warning -> assertThat(warning)
                            .contains("No space left on device")
                            .contains("history.jsonl"))
                    .anySatisfy(warning -> assertThat(warning).contains("last_backup.json"));
            assertThat(repository.snapshots()).hasSize(2);

            Files.delete(filler);
            BackupResult next = Backups.backup(settings(repository, "echo more rows; echo END"));

            assertThat(next.complete()).as("%s", next).isTrue();
            assertThat(next.warnings()).isEmpty();
            // The run that could not be recorded was not taken for a dead one.
            assertThat(repository.snapshots()).hasSize(4);
            StateFolder records = new StateFolder(state);
            assertThat(records.history().prove().breaks()).isEmpty();
            assertThat(records.lastBackup()).isPresent();
        }
    }

    @Test
    void aStateFolderThatIsFullBeforeTheRunIsToldAndNothingIsDumped() throws Exception {
        TestRepository repository = TestRepository.create(folder.resolve("repository"), Tools.restic());
        Path state = Files.createDirectory(folder.resolve("state"));
        Path dumped = folder.resolve("dumped");
        try (Mounted small = Mounted.tmpfs(state, "size=1m")) {
            fill(state.resolve("filler"));

            assertThat(org.assertj.core.api.Assertions.catchThrowable(
                            () -> Backups.backup(settings(repository, "touch " + dumped + "; echo rows; echo END"))))
                    .hasMessageContaining(state.toString())
                    .hasMessageContaining("No space left on device");
            assertThat(dumped).doesNotExist();
            assertThat(repository.snapshots()).isEmpty();
        }
    }

    @Test
    void aFullCacheIsBlamedAndNotTheRepositorysDisk() throws Exception {
        TestRepository repository = TestRepository.create(folder.resolve("repository"), Tools.restic());
        Path state = Files.createDirectory(folder.resolve("state"));
        try (Mounted small = Mounted.tmpfs(state, "size=2m")) {
            BackupResult result = Backups.backup(settings(
                    repository,
                    "echo rows; head -c 9000000 /dev/zero >" + state.resolve("filler") + " 2>/dev/null; echo END"));

            assertThat(result.complete()).isFalse();
            PartOutcome.Failed failed = (PartOutcome.Failed) result.parts().get(0);
            assertThat(failed.reason()).contains("no space left on device");
            assertThat(failed.hint()).contains("make room in the state folder");
            assertThat(repository.snapshots()).isEmpty();
        }
    }

    private static void fill(Path file) throws Exception {
        new ProcessBuilder("dd", "if=/dev/zero", "of=" + file, "bs=4096")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }

    private Settings settings(TestRepository repository, String dump) {
        return Backups.settings(
                folder,
                repository.settings(),
                List.of(Backups.script("app", dump), Backups.script("other", "echo rows; echo END")),
                List.of());
    }
}
