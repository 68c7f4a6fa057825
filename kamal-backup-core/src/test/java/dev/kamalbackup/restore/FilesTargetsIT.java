package dev.kamalbackup.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kamalbackup.KamalBackup;
import dev.kamalbackup.config.Settings;
import dev.kamalbackup.error.RestoreException;
import dev.kamalbackup.testing.Backups;
import dev.kamalbackup.testing.Mounted;
import dev.kamalbackup.testing.TestRepository;
import dev.kamalbackup.testing.Tools;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Targets that are no plain folders with enough room, and restores that are refused or fail half-way. */
class FilesTargetsIT {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"staged", "in place"})
    void aMountPointKeepsItsPlace(String way) throws Exception {
        TestRepository repository = TestRepository.create(folder.resolve("repository"), Tools.restic());
        Path mounted = Files.createDirectories(folder.resolve("data/mounted"));
        Settings settings = settings(repository, mounted);
        try (Mounted mount = Mounted.tmpfs(mounted, "size=4m")) {
            Files.writeString(mounted.resolve("file"), "at the backup");
            assertThat(Backups.backup(settings).complete()).isTrue();
            Files.writeString(mounted.resolve("file"), "changed");
            Files.writeString(mounted.resolve("new"), "new");

            restore(settings, way);

            assertThat(mounted.resolve("file")).hasContent("at the backup");
            assertThat(mounted.toFile().list()).containsExactly("file");
        }
        assertThat(mounted).isEmptyDirectory();
    }

    @Test
    void aSecondCopyThatDoesNotFitIsRefusedAndInPlaceItNeedsNone() throws Exception {
        TestRepository repository = TestRepository.create(folder.resolve("repository"), Tools.restic());
        Path mounted = Files.createDirectories(folder.resolve("data/mounted"));
        Settings settings = settings(repository, mounted);
        try (Mounted mount = Mounted.tmpfs(mounted, "size=3m")) {
            Files.write(mounted.resolve("blob"), new byte[2_000_000]);
            assertThat(Backups.backup(settings).complete()).isTrue();
            Files.write(mounted.resolve("blob"), new byte[1_999_999]);

            assertThatThrownBy(() -> restore(settings, "staged"))
                    .isInstanceOf(RestoreException.class)
                    .hasMessageContaining("needs 2007040 bytes")
                    .hasMessageMatching("(?s).*there are \\d+ bytes free; nothing was changed.*");
            assertThat(mounted.resolve("blob")).hasSize(1_999_999);
            assertThat(mounted.toFile().list()).containsExactly("blob");

            restore(settings, "in place");
            assertThat(mounted.resolve("blob")).hasSize(2_000_000);

            try (KamalBackup backup = FilesLab.library(settings)) {
                Room room = Room.of(
                        backup.planRestore(RestoreRequest.latest()).files().get(0));
                assertThat(room.folder()).isEqualTo(mounted);
                assertThat(room.needed()).isEqualTo(2_000_000);
                assertThat(room.isEnough()).isFalse();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"staged", "in place"})
    void whatStaysIsNotOverrunByAFileOfTheSameName(String way) throws Exception {
        TestRepository repository = TestRepository.create(folder.resolve("repository"), Tools.restic());
        Path storage = Files.createDirectories(folder.resolve("data/storage"));
        Files.writeString(storage.resolve("logs"), "a file at the backup");
        Settings settings = settings(repository, storage);
        assertThat(Backups.backup(settings).complete()).isTrue();
        Files.delete(storage.resolve("logs"));
        Files.createDirectory(storage.resolve("logs"));
        Files.writeString(storage.resolve("logs/a.log"), "excluded");

        assertThatThrownBy(() -> restore(settings, way))
                .isInstanceOf(RestoreException.class)
                .hasMessageContaining(storage.resolve("logs").toString())
                .hasMessageContaining("nothing was changed");

        assertThat(storage.resolve("logs/a.log")).hasContent("excluded");
    }

    @Test
    void aPathThatCannotBeReplacedLeavesTheOthersAsTheyWere() throws Exception {
        TestRepository repository = TestRepository.create(folder.resolve("repository"), Tools.restic());
        Path storage = Files.createDirectories(folder.resolve("data/storage"));
        Path wasFile = folder.resolve("data/was file");
        Files.writeString(storage.resolve("blob"), "at the backup");
        Files.writeString(wasFile, "a file");
        Settings settings = settings(repository, storage, wasFile);
        assertThat(Backups.backup(settings).complete()).isTrue();
        Files.writeString(storage.resolve("blob"), "changed");
        Files.delete(wasFile);
        Files.createDirectory(wasFile);
        try (Mounted mount = Mounted.tmpfs(wasFile, "size=1m")) {
            assertThatThrownBy(() -> restore(settings, "staged"))
                    .isInstanceOf(RestoreException.class)
                    .hasMessageContaining("put the restored files in place (" + wasFile + ")")
                    .hasMessageContaining(storage + ": untouched")
                    .hasMessageContaining(wasFile + ": untouched");
        }
        assertThat(storage.resolve("blob")).hasContent("changed");
        assertThat(storage.toFile().list()).containsExactly("blob");
        assertThat(folder.resolve("data").toFile().list()).containsExactlyInAnyOrder("storage", "was file");
    }

    @ParameterizedTest
    @CsvSource({"staged, untouched, changed", "in place, half: run the same command again to finish, at the"})
    void aFileThatComesBackTooShortIsFoundOut(String way, String state, String content) throws Exception {
        Path cutting = Files.writeString(folder.resolve("restic"), """
                #!/bin/bash
                "%s" "$@" || exit
                [ "$1" != restore ] || for last; do [ "$before" != --target ] || target=$last; before=$last; done
                [ "$1" != restore ] || truncate --size 6 "$target/blob"
                """.formatted(Tools.restic()));
        Files.setAttribute(cutting, "unix:mode", 0755);
        TestRepository repository = TestRepository.create(folder.resolve("repository"), Tools.restic());
        Path storage = Files.createDirectories(folder.resolve("data/storage"));
        Files.writeString(storage.resolve("blob"), "at the backup");
        Settings settings = settings(repository, storage);
        assertThat(Backups.backup(settings).complete()).isTrue();
        Files.writeString(storage.resolve("blob"), "changed");

        assertThatThrownBy(() ->
                        restore(settings(TestRepository.at(folder.resolve("repository"), cutting), storage), way))
                .isInstanceOf(RestoreException.class)
                .hasMessageContaining(storage.resolve("blob") + " has 6 bytes instead of 13")
                .hasMessageContaining(storage + ": " + state);

        assertThat(storage.resolve("blob")).hasContent(content);
        assertThat(storage.toFile().list()).containsExactly("blob");
    }

    @ParameterizedTest
    @ValueSource(strings = {"staged", "in place"})
    void whatAKilledRestoreLeftInASnapshotDoesNotComeBack(String way) throws Exception {
        TestRepository repository = TestRepository.create(folder.resolve("repository"), Tools.restic());
        Path storage = Files.createDirectories(folder.resolve("data/storage"));
        Files.writeString(storage.resolve("blob"), "at the backup");
        Settings settings = settings(repository, storage);
        assertThat(Backups.backup(settings).complete()).isTrue();
        Files.createDirectory(storage.resolve(".kamal-backup-replaced-earlier"));
        Files.writeString(storage.resolve(".kamal-backup-replaced-earlier/blob"), "replaced");
        asAnOlderVersionSavedIt(repository, storage);
        Files.writeString(storage.resolve("blob"), "changed");

        restore(settings, way);

        assertThat(storage.resolve("blob")).hasContent("at the backup");
        assertThat(storage.toFile().list()).containsExactly("blob");
    }

    /** Takes the place of the files snapshot: today no backup is made of such a folder. */
    private static void asAnOlderVersionSavedIt(TestRepository repository, Path storage) throws Exception {
        JsonNode files = repository.snapshots().stream()
                .filter(snapshot -> snapshot.path("paths").path(0).asText().equals(storage.toString()))
                .findFirst()
                .orElseThrow();
        List<String> again = new ArrayList<>(
                List.of("backup", "--host", files.path("hostname").asText()));
        files.path("tags").forEach(tag -> again.addAll(List.of("--tag", tag.asText())));
        again.add(storage.toString());
        repository.run(again.toArray(String[]::new));
        repository.run("forget", files.path("id").asText());
    }

    private Settings settings(TestRepository repository, Path... paths) {
        return FilesLab.settings(folder, repository, List.of(), paths);
    }

    private static void restore(Settings settings, String way) {
        FilesLab.restore(settings, way);
    }
}
