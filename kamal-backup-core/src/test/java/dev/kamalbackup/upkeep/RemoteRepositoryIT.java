package dev.kamalbackup.upkeep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kamalbackup.KamalBackup;
import dev.kamalbackup.config.DatabaseSettings;
import dev.kamalbackup.config.MaintenanceSettings;
import dev.kamalbackup.config.ResticSettings;
import dev.kamalbackup.config.RetentionSettings;
import dev.kamalbackup.config.Settings;
import dev.kamalbackup.restore.RestoreRequest;
import dev.kamalbackup.run.BackupRequest;
import dev.kamalbackup.run.BackupResult;
import dev.kamalbackup.status.Status;
import dev.kamalbackup.testing.Backups;
import dev.kamalbackup.testing.S3Server;
import dev.kamalbackup.testing.ScriptAdapter;
import dev.kamalbackup.testing.SftpServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole life of a repository on real S3 and SFTP servers; see RestServerIT for the third kind. */
class RemoteRepositoryIT {
    @TempDir
    private Path folder;

    @Test
    void aBucketIsMadeFilledCheckedPrunedAndRestoredFrom() throws Exception {
        try (S3Server server = S3Server.start(folder.resolve("s3"))) {
            live(server.settings(), System.getenv());
        }
    }

    @Test
    void aWrongKeyOfABucketIsSaidAndNotShown() throws Exception {
        try (S3Server server = S3Server.start(folder.resolve("s3"));
                KamalBackup backup = library(server.settings("canary-wrong-key-99"), System.getenv())) {
            BackupResult result = Backups.made(backup.backup(BackupRequest.now()));

            assertThat(result.complete()).isFalse();
            assertThat(result.toString()).contains("signature").doesNotContain("canary");
        }
    }

    @Test
    void aFolderOfAnSftpServerIsMadeFilledCheckedPrunedAndRestoredFrom() throws Exception {
        try (SftpServer server = SftpServer.start(folder.resolve("sftp"))) {
            live(server.settings(), server.environment());

            server.forgetKeys();
            try (KamalBackup backup = library(server.settings(), server.environment())) {
                assertThat(backup.status(true).repository())
                        .isInstanceOfSatisfying(
                                Status.Contents.Unknown.class,
                                // What ssh said, "Permission denied", is not always in it: restic may end before it has
                                // read it.
                                unknown -> {
                                    assertThat(unknown.reason()).contains("unable to start the sftp session");
                                    assertThat(unknown.hint()).contains("ssh -o BatchMode=yes -s USER@HOST sftp");
                                });
            }
        }
    }

    private void live(ResticSettings restic, Map<String, String> environment) throws Exception {
        try (KamalBackup backup = library(restic, environment)) {
            for (int i = 0; i < 3; i++) {
                BackupResult made = Backups.made(backup.backup(BackupRequest.now()));
                assertThat(made.complete()).as("%s", made).isTrue();
                assertThat(made.warnings()).isEmpty();
            }
            assertThat(backup.list()).as("retention removed the others").hasSize(1);
            assertThat(backup.check(Optional.of("100%")).ok()).isTrue();
            assertThat(backup.unlock(false)).isEmpty();
            assertThat(backup.status(true).repository()).isInstanceOfSatisfying(Status.Contents.Known.class, known -> {
                assertThat(known.runs()).isOne();
                assertThat(known.size()).isInstanceOf(Status.Size.Counted.class);
            });
            Files.writeString(folder.resolve("files/blob"), "lost");
            backup.restore(RestoreRequest.latest().withoutSafetyBackup());
            assertThat(folder.resolve("restored")).hasContent("a dump\nEND\n");
            assertThat(folder.resolve("files/blob")).hasContent("blob");
        }
    }

    private KamalBackup library(ResticSettings restic, Map<String, String> environment) throws Exception {
        Path files = Files.createDirectories(folder.resolve("files"));
        Files.writeString(files.resolve("blob"), "blob");
        DatabaseSettings database = Backups.script("app", "echo a dump; echo END")
                .with("target", folder.resolve("restored").toString());
        Settings plain = Backups.settings(
                folder,
                restic.creatingIfMissing().withWaits(Duration.ofSeconds(2), Duration.ofSeconds(10)),
                List.of(database),
                List.of(files));
        RetentionSettings one = new RetentionSettings(1, 0, 0, 0, 0, 0, "");
        return KamalBackup.builder(plain.with(MaintenanceSettings.defaults().removingBy(one)))
                .adapters(new ScriptAdapter())
                .environment(environment)
                .build();
    }
}
