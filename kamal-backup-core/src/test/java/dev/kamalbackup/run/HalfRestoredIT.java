package dev.kamalbackup.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kamalbackup.config.Settings;
import dev.kamalbackup.testing.Backups;
import dev.kamalbackup.testing.TestRepository;
import dev.kamalbackup.testing.Tools;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HalfRestoredIT {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {".kamal-backup-replacing-", ".kamal-backup-replaced-"})
    void filesThatAKilledRestoreLeftHalfAreNoBackup(String prefix) throws Exception {
        Path files = Files.createDirectories(folder.resolve("data"));
        Settings settings = settings(files);
        Path aside = Files.createDirectory(files.resolve(prefix + "20260101T000000Z"));
        Files.writeString(aside.resolve("blob"), "old");

        BackupResult result = Backups.backup(settings);

        assertThat(result.complete()).isFalse();
        assertThat(result.parts()).first().isInstanceOf(PartOutcome.Saved.class);
        assertThat(result.parts().get(1)).isInstanceOfSatisfying(PartOutcome.Failed.class, failed -> {
            assertThat(failed.reason()).contains("a restore of run 20260101T000000Z was ended");
            assertThat(failed.hint()).contains("kamal-backup restore production 20260101T000000Z");
        });
    }

    @Test
    void whatARestoreHasOnlyStagedIsNotInTheWay() throws Exception {
        Path files = Files.createDirectories(folder.resolve("data"));
        Files.createDirectory(files.resolve(".kamal-backup-restore-20260101T000000Z"));

        assertThat(Backups.backup(settings(files)).complete()).isTrue();
    }

    private Settings settings(Path files) throws Exception {
        TestRepository repository = TestRepository.create(folder.resolve("repository"), Tools.restic());
        return Backups.settings(
                folder, repository.settings(), List.of(Backups.script("app", "echo rows; echo END")), List.of(files));
    }
}
