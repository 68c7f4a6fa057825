package dev.kamalbackup.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kamalbackup.KamalBackup;
import dev.kamalbackup.catalog.RecordedRun;
import dev.kamalbackup.catalog.RunChoice;
import dev.kamalbackup.config.BackupPath;
import dev.kamalbackup.config.Settings;
import dev.kamalbackup.state.FileTree;
import dev.kamalbackup.tag.RunId;
import dev.kamalbackup.testing.Backups;
import dev.kamalbackup.testing.ScriptAdapter;
import dev.kamalbackup.testing.TestRepository;
import dev.kamalbackup.testing.Tools;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A restore over data that are there keeps them first, so that it can be undone. */
class SafetyBackupIT {
    @TempDir
    private Path folder;

    private TestRepository repository;
    private Path files;
    private Path database;

    @BeforeEach
    void aBackupAndWhatCameAfterIt() throws Exception {
        repository = TestRepository.create(folder.resolve("repository"), Tools.restic());
        files = Files.createDirectories(folder.resolve("data/storage"));
        database = folder.resolve("database.txt");
        Files.writeString(files.resolve("blob"), "at the backup");
        Files.writeString(database, "rows\nEND\n");
        assertThat(Backups.backup(settings("cat " + database)).complete()).isTrue();
        Files.writeString(files.resolve("blob"), "after the backup");
        Files.writeString(files.resolve("new"), "after the backup");
        Files.writeString(database, "later rows\nEND\n");
    }

    @Test
    void whatProductionHadIsKeptAndComesBackByTheRunThatIsTold() throws Exception {
        RestoreResult result = restore(RestoreRequest.latest().intoProduction());

        assertThat(files.resolve("blob")).hasContent("at the backup");
        assertThat(files.resolve("new")).doesNotExist();
        assertThat(database).hasContent("rows\nEND");
        RunId kept = result.safetyRun().orElseThrow();
        assertThat(history())
                .contains("\"kind\":\"safety_backup\"")
                .contains("\"restored_run\":\"" + result.task().run().id() + "\"")
                .contains("\"safety_run\":\"" + kept + "\"");

        restore(RestoreRequest.of(RunChoice.of(kept.toString()))
                .intoProduction()
                .withoutSafetyBackup());
        assertThat(files.resolve("blob")).hasContent("after the backup");
        assertThat(files.resolve("new")).hasContent("after the backup");
        assertThat(database).hasContent("later rows\nEND");
    }

    @Test
    void aSafetyBackupIsNeverTheLatestAndSaysWhatItIs() {
        RestoreResult result = restore(RestoreRequest.latest().intoProduction());

        try (KamalBackup backup = library(settings("cat " + database))) {
            List<RecordedRun> runs = backup.list();
            assertThat(runs).hasSize(2);
            assertThat(runs.get(0).id()).isEqualTo(result.safetyRun().orElseThrow());
            assertThat(runs.get(0).safetyOf()).contains(runs.get(1).id());
            assertThat(runs.get(0).completeness().isWhole()).isTrue();
            assertThat(backup.planRestore(RestoreRequest.latest()).run()).isEqualTo(runs.get(1));
            assertThat(backup.planRestore(RestoreRequest.of(
                                    new RunChoice.At(runs.get(0).id().time().plusSeconds(9))))
                            .run())
                    .isEqualTo(runs.get(1));
        }
    }

    @Test
    void whatADevelopmentMachineHadNeverComesIntoProduction() {
        RunId kept = restore(RestoreRequest.latest()).safetyRun().orElseThrow();
        RestoreRequest ofKept = RestoreRequest.of(RunChoice.of(kept.toString()));

        assertThatThrownBy(() -> restore(ofKept.intoProduction()))
                .hasMessageContaining("what a restore onto a development machine replaced")
                .hasMessageContaining("nothing was changed");
        assertThat(database).hasContent("rows\nEND");

        restore(ofKept.withoutSafetyBackup());
        assertThat(database).hasContent("later rows\nEND");
    }

    @Test
    void nothingIsKeptWhereNothingIsReplaced() throws Exception {
        FileTree.remove(files);
        Files.delete(database);

        RestoreResult result = restore(RestoreRequest.latest().intoProduction());

        assertThat(result.safetyRun()).isEmpty();
        assertThat(repository.snapshots()).hasSize(2);
        assertThat(database).hasContent("rows\nEND");
        assertThat(files.resolve("blob")).hasContent("at the backup");
    }

    @Test
    void onlyWhatIsReplacedIsKept() throws Exception {
        RestoreRequest oneFile = RestoreRequest.latest()
                .only(PartChoice.of(List.of(), List.of(files.resolve("blob"))))
                .intoProduction();

        RunId kept = restore(oneFile).safetyRun().orElseThrow();
        assertThat(files.resolve("blob")).hasContent("at the backup");
        assertThat(files.resolve("new")).hasContent("after the backup");
        assertThat(repository.snapshots()).hasSize(3);

        Files.writeString(files.resolve("new"), "later still");
        restore(RestoreRequest.of(RunChoice.of(kept.toString()))
                .intoProduction()
                .withoutSafetyBackup());
        assertThat(files.resolve("blob")).hasContent("after the backup");
        assertThat(files.resolve("new")).hasContent("later still");
        assertThat(database).hasContent("later rows\nEND");
    }

    @Test
    void whatAKilledRestoreHasPutAsideIsKeptToo() throws Exception {
        Path aside = Files.createDirectory(files.resolve(".kamal-backup-replacing-20260101T000000Z"));
        Files.move(files.resolve("new"), aside.resolve("new"));
        Files.move(files.resolve("blob"), aside.resolve("blob"));

        RunId kept =
                restore(RestoreRequest.latest().intoProduction()).safetyRun().orElseThrow();
        assertThat(files.resolve("blob")).hasContent("at the backup");
        restore(RestoreRequest.of(RunChoice.of(kept.toString()))
                .intoProduction()
                .withoutSafetyBackup());

        assertThat(files.resolve("new")).hasContent("after the backup");
        assertThat(files.toFile().list()).containsExactlyInAnyOrder("blob", "new");
    }

    @Test
    void whatIsExcludedByNowAndWasNotThenIsKept() throws Exception {
        Files.createDirectories(files.resolve("videos"));
        Files.writeString(files.resolve("videos/new"), "after the backup");
        Settings excluding = excluding("videos");

        RunId kept = restore(excluding, RestoreRequest.latest().intoProduction())
                .safetyRun()
                .orElseThrow();
        assertThat(files.resolve("videos")).doesNotExist();

        restore(
                excluding,
                RestoreRequest.of(RunChoice.of(kept.toString()))
                        .intoProduction()
                        .withoutSafetyBackup());
        assertThat(files.resolve("videos/new")).hasContent("after the backup");
    }

    @Test
    void whatTheRestoreLeavesAloneIsNotCopied() throws Exception {
        Files.createDirectories(files.resolve("videos"));
        Files.writeString(files.resolve("videos/old"), "large");
        assertThat(Backups.backup(excluding("videos")).complete()).isTrue();
        Files.writeString(files.resolve("videos/old"), "larger");

        RunId kept =
                restore(RestoreRequest.latest().intoProduction()).safetyRun().orElseThrow();

        assertThat(files.resolve("videos/old")).hasContent("larger");
        assertThat(repository.run("ls", "--tag", "type:files,run:" + kept, "latest"))
                .doesNotContain("videos");
    }

    @Test
    void whatCannotBeKeptIsNotReplaced() throws Exception {
        Settings dumpFails = settings("echo 'disk is broken' >&2; exit 5");
        RestoreRequest request = RestoreRequest.latest().intoProduction();

        assertThatThrownBy(() -> restore(dumpFails, request))
                .hasMessageContaining("cannot back up what is replaced")
                .hasMessageContaining("disk is broken")
                .hasMessageContaining("nothing was changed")
                .hasMessageContaining("database app: untouched")
                .extracting("hint")
                .asString()
                .contains("--no-safety-backup");
        assertThat(files.resolve("blob")).hasContent("after the backup");
        assertThat(database).hasContent("later rows\nEND");
        assertThat(history()).contains("\"phase\":\"safety backup\"");

        assertThat(restore(dumpFails, request.withoutSafetyBackup()).safetyRun())
                .isEqualTo(Optional.empty());
        assertThat(database).hasContent("rows\nEND");
    }

    @Test
    void aFailureBehindItTellsTheWayBack() {
        Settings loadFails = Backups.settings(
                folder,
                repository.settings(),
                List.of(Backups.script("app", "cat " + database).with("target", "/dev/full")),
                List.of(files));

        assertThatThrownBy(() -> restore(loadFails, RestoreRequest.latest().intoProduction()))
                .hasMessageContaining("could not copy the dump")
                .hasMessageContaining("database app: half")
                .extracting("hint")
                .asString()
                .containsPattern("what was there before: kamal-backup restore production \\d{8}T\\d{6}Z");
    }

    @Test
    void aRestoreThatFailsBeforeItIsPlannedLeavesARecord() throws Exception {
        assertThatThrownBy(() -> restore(RestoreRequest.of(RunChoice.of("20200101T000000Z"))))
                .hasMessageContaining("no such run");

        assertThat(history())
                .contains("\"kind\":\"restore\"")
                .contains("\"phase\":\"plan\"")
                .contains("\"requested\":\"20200101T000000Z\"")
                .contains("\"outcome\":\"failed\"");
    }

    @Test
    void whatWasNotAgreedToIsNotDone() throws Exception {
        try (KamalBackup backup = library(settings("cat " + database))) {
            assertThatThrownBy(() -> backup.restore(RestoreRequest.latest(), task -> false))
                    .hasMessageContaining("not agreed to");
        }
        assertThat(database).hasContent("later rows\nEND");
        assertThat(repository.snapshots()).hasSize(2);
        assertThat(history()).doesNotContain("\"kind\":\"restore\"");
    }

    private String history() throws Exception {
        return Files.readString(folder.resolve("state/history.jsonl"));
    }

    private Settings settings(String dump) {
        return Backups.settings(
                folder,
                repository.settings(),
                List.of(Backups.script("app", dump).with("target", database.toString())),
                List.of(files));
    }

    private Settings excluding(String pattern) {
        Settings plain = settings("cat " + database);
        return new Settings(
                plain.app(),
                plain.accessory(),
                plain.databases(),
                List.of(new BackupPath(files, List.of(pattern))),
                plain.restoreFrom(),
                plain.restic(),
                plain.backup(),
                plain.stateFolder(),
                plain.maintenance());
    }

    private RestoreResult restore(RestoreRequest request) {
        return restore(settings("cat " + database), request);
    }

    private static RestoreResult restore(Settings settings, RestoreRequest request) {
        try (KamalBackup backup = library(settings)) {
            return backup.restore(request);
        }
    }

    private static KamalBackup library(Settings settings) {
        return KamalBackup.builder(settings).adapters(new ScriptAdapter()).build();
    }
}
