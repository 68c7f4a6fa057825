package dev.kamalbackup.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kamalbackup.KamalBackup;
import dev.kamalbackup.config.Settings;
import dev.kamalbackup.error.RestoreException;
import dev.kamalbackup.state.FileTree;
import dev.kamalbackup.testing.Backups;
import dev.kamalbackup.testing.ScriptAdapter;
import dev.kamalbackup.testing.TestRepository;
import dev.kamalbackup.testing.Tools;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Restores onto this machine through the facade: all or nothing is changed, and the message says which. */
class LocalRestoreIT {
    @TempDir
    private Path folder;

    private TestRepository repository;
    private Path files;
    private Path database;

    @BeforeEach
    void aBackup() throws Exception {
        repository = TestRepository.create(folder.resolve("repository"), Tools.restic());
        files = Files.createDirectories(folder.resolve("data/storage"));
        database = folder.resolve("restored.txt");
        Files.writeString(files.resolve("blob"), "at the backup");
        Files.createDirectory(files.resolve("empty"));
        Files.writeString(folder.resolve("data/single file"), "single");
        assertThat(Backups.backup(settings()).complete()).isTrue();
        Files.writeString(files.resolve("blob"), "changed");
        Files.writeString(files.resolve("new"), "not in the backup");
        Files.delete(folder.resolve("data/single file"));
    }

    @Test
    void filesAndDatabaseComeBackTogether() throws Exception {
        restore(settings());

        assertThat(database).hasContent("rows\nEND");
        assertThat(files.resolve("blob")).hasContent("at the backup");
        assertThat(files.resolve("empty")).isEmptyDirectory();
        assertThat(files.resolve("new")).doesNotExist();
        assertThat(folder.resolve("data/single file")).hasContent("single");
        assertThat(files.toFile().list()).hasSize(2);
        assertThat(Files.readString(folder.resolve("state/history.jsonl")))
                .contains("\"kind\":\"restore\"")
                .contains("\"outcome\":\"complete\"");
        assertThat(folder.resolve("state/scratch")).isEmptyDirectory();
    }

    @Test
    void aTargetThatIsGoneIsMade() throws Exception {
        FileTree.remove(folder.resolve("data"));

        restore(settings());

        assertThat(files.resolve("blob")).hasContent("at the backup");
        assertThat(folder.resolve("data").toFile().list()).hasSize(2);
    }

    @Test
    void aDatabaseThatDoesNotLoadIsToldWithTheStateOfEveryTarget() throws Exception {
        database = folder.resolve("no-such-folder/restored.txt");

        assertThatThrownBy(() -> restore(settings()))
                .isInstanceOf(RestoreException.class)
                .hasMessageContaining("could not copy the dump")
                .hasMessageContaining(files + ": restored")
                .hasMessageContaining("database app: begun: run the same command again");
        assertThat(Files.readString(folder.resolve("state/history.jsonl"))).contains("\"outcome\":\"failed\"");
    }

    @Test
    void aDumpThatIsNotInTheRunStopsItBeforeAnythingIsTouched() throws Exception {
        Settings two = Backups.settings(
                folder,
                repository.settings(),
                List.of(Backups.script("app", ""), Backups.script("other", "")),
                List.of(files));

        assertThatThrownBy(() -> restore(two))
                .isInstanceOf(RestoreException.class)
                .hasMessageContaining("no dump of the database other")
                .hasMessageContaining("nothing was changed");
        assertThat(files.resolve("blob")).hasContent("changed");
        assertThat(database).doesNotExist();
    }

    @Test
    void aDamagedRepositoryChangesNothing() throws Exception {
        FileTree.remove(folder.resolve("repository/data"));
        Files.createDirectory(folder.resolve("repository/data"));
        FileTree.remove(folder.resolve("state/restic-cache"));

        assertThatThrownBy(() -> restore(settings())).hasMessageContaining("untouched");

        assertThat(files.resolve("blob")).hasContent("changed");
        assertThat(files.resolve("new")).exists();
        assertThat(database).doesNotExist();
        assertThat(files.toFile().list()).hasSize(3);
    }

    private Settings settings() {
        return Backups.settings(
                folder,
                repository.settings(),
                List.of(Backups.script("app", "echo rows; echo END").with("target", database.toString())),
                List.of(files, folder.resolve("data/single file")));
    }

    private static void restore(Settings settings) {
        try (KamalBackup backup =
                KamalBackup.builder(settings).adapters(new ScriptAdapter()).build()) {
            backup.restore(backup.planRestore(RestoreRequest.latest()), "latest");
        }
    }
}
