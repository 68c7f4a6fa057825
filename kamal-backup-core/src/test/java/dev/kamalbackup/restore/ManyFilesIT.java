package dev.kamalbackup.restore;

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

/** As many files as an app with a few years of uploads has. */
class ManyFilesIT {
    private static final int FOLDERS = 1000;
    private static final int IN_EACH = 100;

    @TempDir
    private Path folder;

    @Test
    void aHundredThousandFilesComeBackEachWithItsContent() throws Exception {
        TestRepository repository = TestRepository.create(folder.resolve("repository"), Tools.restic());
        Path storage = folder.resolve("data/storage");
        for (int i = 0; i < FOLDERS; i++) {
            Path inside = Files.createDirectories(storage.resolve("folder-" + i));
            for (int j = 0; j < IN_EACH; j++) {
                Files.writeString(inside.resolve("blob-" + j), content(i, j));
            }
        }
        Settings settings = FilesLab.settings(folder, repository, List.of(), storage);
        assertThat(Backups.backup(settings).complete()).isTrue();
        for (int i = 0; i < FOLDERS; i++) {
            Path inside = storage.resolve("folder-" + i);
            Files.writeString(inside.resolve("blob-7"), "changed");
            Files.delete(inside.resolve("blob-8"));
            Files.writeString(inside.resolve("came-later"), "new");
        }

        FilesLab.restore(settings, "staged");

        assertThat(storage.toFile().list()).hasSize(FOLDERS);
        for (int i = 0; i < FOLDERS; i++) {
            Path inside = storage.resolve("folder-" + i);
            assertThat(inside.toFile().list()).as("%s", inside).hasSize(IN_EACH);
            for (int j = 0; j < IN_EACH; j++) {
                // Not by an assertion each, which would take longer than the restore.
                if (!Files.readString(inside.resolve("blob-" + j)).equals(content(i, j))) {
                    throw new AssertionError(inside + "/blob-" + j + " is not what it was");
                }
            }
        }
    }

    private static String content(int folder, int file) {
        return "folder " + folder + ", file " + file;
    }
}
