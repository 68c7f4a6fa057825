package dev.kamalbackup.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kamalbackup.KamalBackup;
import dev.kamalbackup.catalog.RunChoice;
import dev.kamalbackup.config.Settings;
import dev.kamalbackup.error.RestoreException;
import dev.kamalbackup.state.FileTree;
import dev.kamalbackup.testing.Backups;
import dev.kamalbackup.testing.ScriptAdapter;
import dev.kamalbackup.testing.TestRepository;
import dev.kamalbackup.testing.Tools;
import java.io.ByteArrayOutputStream;
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
                .hasMessageContaining(files + ": untouched")
                .hasMessageContaining("database app: half: run the same command again");
        assertThat(Files.readString(folder.resolve("state/history.jsonl"))).contains("\"outcome\":\"failed\"");
        assertThat(files.resolve("blob")).hasContent("changed");
        assertThat(files.resolve("new")).exists();
        assertThat(files.toFile().list()).hasSize(3);
        assertThat(folder.resolve("data").toFile().list()).containsExactly("storage");
    }

    @Test
    void filesOfARunStayOnceADatabaseOfItIsRestored() throws Exception {
        assertThat(Backups.backup(two(database)).complete()).isTrue();
        Files.writeString(files.resolve("blob"), "changed again");

        assertThatThrownBy(() -> restore(two(folder.resolve("no-such-folder/restored.txt"))))
                .hasMessageContaining("database app: restored")
                .hasMessageContaining("database other: half: run the same command again")
                .hasMessageContaining(files + ": restored");

        assertThat(files.resolve("blob")).hasContent("changed");
        assertThat(files.toFile().list()).containsExactlyInAnyOrder("blob", "new", "empty");
    }

    private Settings two(Path other) {
        return Backups.settings(
                folder,
                repository.settings(),
                List.of(
                        Backups.script("app", "echo rows; echo END").with("target", database.toString()),
                        Backups.script("other", "echo rows; echo END").with("target", other.toString())),
                List.of(files));
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

    @Test
    void onlyWhatIsWantedComesBack() throws Exception {
        restore(settings(), wanted(List.of("database:app"), List.of()));

        assertThat(database).hasContent("rows\nEND");
        assertThat(files.resolve("blob")).hasContent("changed");

        Files.delete(database);
        restore(settings(), wanted(List.of("files"), List.of()));

        assertThat(database).doesNotExist();
        assertThat(files.resolve("blob")).hasContent("at the backup");
        assertThat(folder.resolve("data/single file")).exists();
    }

    @Test
    void onlyOneFileOrOneFolderOfTheFilesComesBack() throws Exception {
        Files.delete(files.resolve("empty"));

        restore(settings(), wanted(List.of(), List.of(files.resolve("blob"), files.resolve("empty"))));

        assertThat(files.resolve("blob")).hasContent("at the backup");
        assertThat(files.resolve("empty")).isEmptyDirectory();
        assertThat(files.resolve("new")).exists();
        assertThat(files.toFile().list()).hasSize(3);
        assertThat(folder.resolve("data/single file")).doesNotExist();
        assertThat(database).doesNotExist();
        try (KamalBackup backup = library(settings())) {
            assertThat(backup.planRestore(wanted(List.of(), List.of(files.resolve("blob"), files)))
                            .files())
                    .extracting(RestoreTask.FilesTarget::target)
                    .containsExactly(files);
        }
        assertThatThrownBy(() -> restore(settings(), wanted(List.of(), List.of(Path.of("/etc/passwd")))))
                .hasMessageContaining("/etc/passwd lies in none of the paths");
        assertThatThrownBy(() -> restore(settings(), wanted(List.of(), List.of(files.resolve("new")))))
                .hasMessageContaining("the snapshot does not hold " + files.resolve("new"));
        assertThatThrownBy(() -> restore(settings(), wanted(List.of("database:queue"), List.of())))
                .hasMessageContaining("no database queue is configured");
        assertThat(files.resolve("new")).exists();
    }

    @Test
    void anIncompleteRunIsRestoredOnRequestAndOnlyWhatItHas() throws Exception {
        Backups.backup(Backups.settings(
                folder,
                repository.settings(),
                List.of(Backups.script("app", "echo later; echo END"), Backups.script("other", "exit 3")),
                List.of(files)));
        String run = Files.readAllLines(folder.resolve("state/history.jsonl")).stream()
                .filter(line -> line.contains("\"failed\""))
                .map(line -> line.replaceFirst(".*\"run_id\":\"(\\w+)\".*", "$1"))
                .findFirst()
                .orElseThrow();
        Settings two = Backups.settings(
                folder,
                repository.settings(),
                List.of(
                        Backups.script("app", "").with("target", database.toString()),
                        Backups.script("other", "")
                                .with("target", folder.resolve("other").toString())),
                List.of());
        RestoreRequest request = RestoreRequest.of(RunChoice.of(run));

        assertThatThrownBy(() -> restore(two, request))
                .hasMessageContaining("it is not complete, it has only: database app, files")
                .hasMessageContaining("nothing was changed");
        assertThat(database).doesNotExist();

        restore(two, request.evenIfIncomplete().withoutSafetyBackup());
        assertThat(database).hasContent("later\nEND");
        assertThat(folder.resolve("other")).doesNotExist();
    }

    @Test
    void aRunOfAnotherAppIsRefused() throws Exception {
        Settings other = Backups.settings(
                "other",
                folder.resolve("elsewhere"),
                repository.settings(),
                List.of(Backups.script("app", "echo another; echo END")),
                List.of());
        assertThat(Backups.backup(other).complete()).isTrue();
        String snapshot = repository.snapshots().get(2).path("id").asText();

        assertThatThrownBy(() -> restore(settings(), RestoreRequest.of(RunChoice.of(snapshot))))
                .hasMessageContaining("no such run or snapshot of this app");
        assertThat(database).doesNotExist();
    }

    @Test
    void aDumpIsHandedOutAsItIs() throws Exception {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        try (KamalBackup backup = library(settings())) {
            DumpExtraction.Extracted dump = backup.extractDump(RunChoice.latest(), "app", output);

            assertThat(output).hasToString("rows\nEND\n");
            assertThat(dump.bytes()).isEqualTo(9);
            assertThat(Files.readString(folder.resolve("state/history.jsonl"))).contains(dump.sha256());
            assertThatThrownBy(() -> backup.extractDump(RunChoice.latest(), "queue", output))
                    .hasMessageContaining("has no dump of it")
                    .hasMessageContaining("database queue");
        }
    }

    private static RestoreRequest wanted(List<String> only, List<Path> paths) {
        return RestoreRequest.latest().only(PartChoice.of(only, paths));
    }

    private Settings settings() {
        return Backups.settings(
                folder,
                repository.settings(),
                List.of(Backups.script("app", "echo rows; echo END").with("target", database.toString())),
                List.of(files, folder.resolve("data/single file")));
    }

    private static void restore(Settings settings) {
        restore(settings, RestoreRequest.latest());
    }

    private static void restore(Settings settings, RestoreRequest request) {
        try (KamalBackup backup = library(settings)) {
            backup.restore(request);
        }
    }

    private static KamalBackup library(Settings settings) {
        return KamalBackup.builder(settings).adapters(new ScriptAdapter()).build();
    }
}
