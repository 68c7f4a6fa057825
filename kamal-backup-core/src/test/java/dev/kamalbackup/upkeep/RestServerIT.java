package dev.kamalbackup.upkeep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kamalbackup.KamalBackup;
import dev.kamalbackup.config.MaintenanceSettings;
import dev.kamalbackup.config.ResticSettings;
import dev.kamalbackup.config.RetentionSettings;
import dev.kamalbackup.config.Settings;
import dev.kamalbackup.error.ConfigurationException;
import dev.kamalbackup.error.RepositoryException;
import dev.kamalbackup.redact.Secret;
import dev.kamalbackup.run.BackupRequest;
import dev.kamalbackup.run.BackupResult;
import dev.kamalbackup.status.Status;
import dev.kamalbackup.testing.Backups;
import dev.kamalbackup.testing.LocalServer;
import dev.kamalbackup.testing.ScriptAdapter;
import dev.kamalbackup.testing.TestRepository;
import dev.kamalbackup.testing.Tools;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The unattended months against restic's REST server, also one that only lets a repository grow. */
class RestServerIT {
    @TempDir
    private Path folder;

    private Path data;

    @BeforeEach
    void repository() throws Exception {
        data = LocalServer.folder(folder.resolve("data"));
        TestRepository.create(data.resolve("shop"), Tools.restic());
        assertThat(new ProcessBuilder("chown", "-R", "65534:65534", data.toString())
                        .start()
                        .waitFor())
                .isZero();
    }

    @Test
    void runsAreMadeCheckedAndRemoved() throws Exception {
        int port = LocalServer.freePort();
        try (LocalServer server = start(port);
                KamalBackup backup = library(port, true)) {
            for (int i = 0; i < 3; i++) {
                BackupResult made = Backups.made(backup.backup(BackupRequest.now()));
                assertThat(made.complete()).as("%s", made).isTrue();
                assertThat(made.warnings()).isEmpty();
            }
            assertThat(backup.list()).hasSize(1);
            assertThat(backup.check(Optional.of("100%")).ok()).isTrue();
            assertThat(backup.unlock(false)).isEmpty();
            Status status = backup.status(true);
            assertThat(status.overdue()).isFalse();
            assertThat(status.repository()).isInstanceOf(Status.Contents.Known.class);
        }
    }

    @Test
    void aServerThatOnlyLetsARepositoryGrowIsLeftAlone() throws Exception {
        int port = LocalServer.freePort();
        try (LocalServer server = start(port, "--append-only");
                KamalBackup backup = library(port, false)) {
            for (int i = 0; i < 3; i++) {
                BackupResult made = Backups.made(backup.backup(BackupRequest.now()));
                assertThat(made.complete()).as("%s", made).isTrue();
                assertThat(made.warnings()).isEmpty();
            }
            assertThat(backup.list()).hasSize(3);
            assertThat(backup.planPrune().removed()).hasSize(2);
            assertThatThrownBy(backup::prune).isInstanceOf(ConfigurationException.class);
            assertThat(backup.check(Optional.empty()).ok()).isTrue();
            assertThat(backup.list()).hasSize(3);
        }
    }

    @Test
    void whoForgetsToSaySoIsToldAndKeepsGoodRuns() throws Exception {
        int port = LocalServer.freePort();
        try (LocalServer server = start(port, "--append-only");
                KamalBackup backup = library(port, true)) {
            assertThat(Backups.made(backup.backup(BackupRequest.now())).warnings())
                    .isEmpty();

            BackupResult second = Backups.made(backup.backup(BackupRequest.now()));

            assertThat(second.complete()).isTrue();
            assertThat(second.warnings()).singleElement().asString().contains("forget");
            assertThatThrownBy(backup::prune)
                    .isInstanceOf(RepositoryException.class)
                    .hasMessageContaining("403");
            assertThat(backup.list()).hasSize(2);
        }
    }

    @Test
    void aServerThatIsGoneIsToldByTheStatusToo() throws Exception {
        int port = LocalServer.freePort();
        try (KamalBackup backup = library(port, true)) {
            Status status = backup.status(true);

            assertThat(status.overdue()).isTrue();
            assertThat(status.repository()).isInstanceOf(Status.Contents.Unknown.class);
        }
    }

    private LocalServer start(int port, String... options) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Tools.restServer().toString(),
                "--no-auth",
                "--listen",
                "127.0.0.1:" + port,
                "--path",
                data.toString()));
        command.addAll(List.of(options));
        LocalServer server = LocalServer.start(folder.resolve("rest-server.log"), command);
        LocalServer.awaitPort("the REST server", port);
        return server;
    }

    private KamalBackup library(int port, boolean forget) throws Exception {
        Path files = Files.createDirectories(folder.resolve("files"));
        Files.writeString(files.resolve("blob"), "blob");
        Settings plain = Backups.settings(
                folder,
                ResticSettings.of("rest:http://127.0.0.1:" + port + "/shop/", new Secret(TestRepository.PASSWORD))
                        .withProgram(Tools.restic().toString())
                        .withWaits(Duration.ofSeconds(2), Duration.ofSeconds(3)),
                List.of(Backups.script("app", "date +%N; echo END")),
                List.of(files));
        MaintenanceSettings one =
                MaintenanceSettings.defaults().removingBy(new RetentionSettings(1, 0, 0, 0, 0, 0, ""));
        return KamalBackup.builder(plain.with(forget ? one : one.keepingEverything()))
                .adapters(new ScriptAdapter())
                .build();
    }
}
