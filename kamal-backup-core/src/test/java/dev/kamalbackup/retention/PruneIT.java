package dev.kamalbackup.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kamalbackup.KamalBackup;
import dev.kamalbackup.config.MaintenanceSettings;
import dev.kamalbackup.config.RetentionSettings;
import dev.kamalbackup.config.Settings;
import dev.kamalbackup.error.ConfigurationException;
import dev.kamalbackup.error.RepositoryException;
import dev.kamalbackup.run.BackupRequest;
import dev.kamalbackup.run.BackupResult;
import dev.kamalbackup.testing.Backups;
import dev.kamalbackup.testing.ScriptAdapter;
import dev.kamalbackup.testing.SnapshotWriter;
import dev.kamalbackup.testing.TestRepository;
import dev.kamalbackup.testing.Tools;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PruneIT {
    @TempDir
    private Path folder;

    private TestRepository repository;

    @BeforeEach
    void create() throws Exception {
        repository = TestRepository.create(folder.resolve("repository"), Tools.restic());
    }

    @Test
    void wholeRunsGoAndOtherAppsAreNotTouched() throws Exception {
        backup(settings("other", false));
        backup(settings("shop", false));
        backup(settings("shop", false));
        backup(settings("shop", false));

        try (KamalBackup backup = library(settings("shop", true))) {
            PrunePlan plan = backup.planPrune();
            assertThat(plan.kept()).hasSize(1);
            assertThat(plan.removed()).hasSize(2);
            assertThat(plan.snapshots()).hasSize(6);
            assertThat(repository.snapshots()).as("the plan changes nothing").hasSize(12);

            backup.prune();
        }

        assertThat(repository.snapshots()).hasSize(6);
        assertThat(repository.run("check", "--read-data")).contains("no errors were found");
        assertThat(history()).contains("\"kind\":\"prune\"", "\"outcome\":\"done\"", "\"kept\":1", "\"snapshots\":6");
    }

    @Test
    void aGoodRunIsFollowedByRetentionWithOneListingAndOneForget() throws Exception {
        backup(settings("shop", true));
        Path calls = folder.resolve("calls");
        Path counting = Files.writeString(
                folder.resolve("restic"),
                "#!/bin/bash\necho \"$1\" >>" + calls + "\nexec " + Tools.restic() + " \"$@\"\n");
        Files.setPosixFilePermissions(counting, PosixFilePermissions.fromString("rwxr-xr-x"));
        Settings counted = Backups.settings(
                folder,
                TestRepository.at(folder.resolve("repository"), counting).settings(),
                settings("shop", true).databases(),
                List.of(folder.resolve("files")));

        BackupResult result = backup(with(counted, true));

        assertThat(result.warnings()).isEmpty();
        assertThat(Files.readAllLines(calls))
                .as("two databases and files")
                .containsExactly("version", "backup", "backup", "backup", "snapshots", "forget");
        assertThat(repository.snapshots()).hasSize(3);
    }

    @Test
    void retentionThatFailsDoesNotMakeAGoodRunABadOne() throws Exception {
        backup(settings("shop", false));
        future();

        BackupResult result = backup(settings("shop", true));

        assertThat(result.complete()).isTrue();
        assertThat(result.exitCode()).isZero();
        assertThat(result.warnings()).singleElement().asString().contains("lies in the future");
        assertThat(repository.snapshots()).hasSize(7);
        assertThat(history()).contains("\"kind\":\"prune\"", "\"outcome\":\"failed\"");
        assertThat(Files.readString(folder.resolve("state/last_backup.json")))
                .contains(result.run().toString());
    }

    @Test
    void aRunFromTheFutureIsRefusedAndNothingGoes() throws Exception {
        backup(settings("shop", false));
        backup(settings("shop", false));
        future();

        try (KamalBackup backup = library(settings("shop", true))) {
            assertThatThrownBy(backup::prune)
                    .isInstanceOf(RepositoryException.class)
                    .hasMessageContaining("20990101T000000Z lies in the future");
        }
        assertThat(repository.snapshots()).hasSize(7);
    }

    @Test
    void nothingGoesFromARepositoryThatMayOnlyGrow() throws Exception {
        backup(settings("shop", false));
        backup(settings("shop", false));

        try (KamalBackup backup = library(settings("shop", false))) {
            assertThat(backup.planPrune().allowed()).isFalse();
            assertThatThrownBy(backup::prune)
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("restic.forget_after_backup");
        }
        assertThat(repository.snapshots()).hasSize(6);
    }

    @Test
    void aRunThatFailedIsFollowedByNothing() throws Exception {
        backup(settings("shop", false));
        backup(settings("shop", false));
        Settings good = settings("shop", true);
        Settings bad = Backups.settings(
                folder,
                good.restic(),
                List.of(Backups.script("app", "echo half"), good.databases().get(1)),
                List.of());

        assertThat(backup(with(bad, true)).complete()).isFalse();

        assertThat(repository.snapshots()).hasSize(7);
        assertThat(history()).doesNotContain("\"kind\":\"prune\"");
    }

    private void future() throws Exception {
        new SnapshotWriter(folder.resolve("repository"), repository)
                .write(
                        OffsetDateTime.ofInstant(Instant.parse("2099-01-01T00:00:00Z"), ZoneOffset.UTC),
                        "shop-backup",
                        List.of(
                                "kamal-backup",
                                "app:shop",
                                "type:database",
                                "database:app",
                                "adapter:script",
                                "run:20990101T000000Z",
                                "parts:1"));
    }

    private String history() throws Exception {
        return Files.readString(folder.resolve("state/history.jsonl"));
    }

    private Settings settings(String app, boolean forget) throws Exception {
        Path files = Files.createDirectories(folder.resolve("files"));
        Files.writeString(files.resolve("blob"), "blob");
        return with(
                Backups.settings(
                        app,
                        folder,
                        repository.settings(),
                        List.of(
                                Backups.script("app", "date +%N; echo END"),
                                Backups.script("queue", "date +%N; echo END")),
                        List.of(files)),
                forget);
    }

    private static Settings with(Settings plain, boolean forget) {
        MaintenanceSettings one =
                MaintenanceSettings.defaults().removingBy(new RetentionSettings(1, 0, 0, 0, 0, 0, ""));
        return plain.with(forget ? one : one.keepingEverything());
    }

    private static BackupResult backup(Settings settings) {
        try (KamalBackup backup = library(settings)) {
            return Backups.made(backup.backup(BackupRequest.now()));
        }
    }

    private static KamalBackup library(Settings settings) {
        return KamalBackup.builder(settings).adapters(new ScriptAdapter()).build();
    }
}
