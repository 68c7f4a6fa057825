package dev.kamalbackup.upkeep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kamalbackup.KamalBackup;
import dev.kamalbackup.config.MaintenanceSettings;
import dev.kamalbackup.config.ResticSettings;
import dev.kamalbackup.config.Settings;
import dev.kamalbackup.redact.Secret;
import dev.kamalbackup.run.BackupRequest;
import dev.kamalbackup.run.BackupResult;
import dev.kamalbackup.testing.Backups;
import dev.kamalbackup.testing.LocalServer;
import dev.kamalbackup.testing.ScriptAdapter;
import dev.kamalbackup.testing.TestRepository;
import dev.kamalbackup.testing.Tools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckIT {
    @TempDir
    private Path folder;

    private TestRepository repository;

    @BeforeEach
    void create() throws Exception {
        repository = TestRepository.create(folder.resolve("repository"), Tools.restic());
    }

    @Test
    void eachCheckReadsTheNextPartAndIsRecorded() throws Exception {
        Settings settings = settings(false, "1/2");
        backup(settings);

        assertThat(check(settings, Optional.empty()).subset()).isEqualTo("1/2");
        assertThat(check(settings, Optional.empty()).subset()).isEqualTo("2/2");
        assertThat(check(settings, Optional.of("100%")).ok()).isTrue();

        assertThat(Files.readString(folder.resolve("state/last_check.json")))
                .contains("\"status\" : \"ok\"", "\"subset\" : \"100%\"", "no errors were found");
        assertThat(Files.readString(folder.resolve("state/history.jsonl"))
                        .lines()
                        .filter(line -> line.contains("\"kind\":\"check\",") && line.contains("\"outcome\":\"ok\"")))
                .hasSize(3);
    }

    @Test
    void damageIsFoundRecordedAndDoesNotMakeTheNextBackupABadOne() throws Exception {
        Settings settings = settings(true, "100%");
        assertThat(backup(settings).warnings()).isEmpty();
        damageData();

        CheckResult result = check(settings, Optional.empty());

        assertThat(result.ok()).isFalse();
        assertThat(result.failure().orElseThrow().reason())
                .contains("check the repository (" + folder.resolve("repository") + ")");
        assertThat(Files.readString(folder.resolve("state/last_check.json"))).contains("\"status\" : \"failed\"");
        BackupResult next = backup(settings);
        assertThat(next.complete()).isTrue();
        assertThat(next.exitCode()).isZero();
        assertThat(next.warnings()).singleElement().asString().contains("check the repository");
    }

    @Test
    void aRecordThatCannotBeReadIsReplaced() throws Exception {
        Settings settings = settings(false, "1/2");
        backup(settings);
        // Also for root: to read the memory of a process at its address 0 is an input/output error.
        Files.createSymbolicLink(folder.resolve("state/last_check.json"), Path.of("/proc/self/mem"));

        assertThat(check(settings, Optional.empty()).subset()).isEqualTo("1/2");

        assertThat(Files.readString(folder.resolve("state/last_check.json"))).contains("\"status\" : \"ok\"");
    }

    @Test
    void whatAKilledCheckLeftIsRemoved() throws Exception {
        Settings settings = settings(false, "");
        backup(settings);
        Path left = Files.createDirectories(folder.resolve("state/restic-cache/restic-check-cache-123/data"));

        check(settings, Optional.empty());

        assertThat(left.getParent()).doesNotExist();
    }

    @Test
    void aServerThatIsNotThereIsGivenUpInTime() throws Exception {
        ResticSettings gone = ResticSettings.of(
                        "rest:http://127.0.0.1:" + LocalServer.freePort() + "/", new Secret("password"))
                .withProgram(Tools.restic().toString())
                .withWaits(Duration.ofSeconds(1), Duration.ofSeconds(3));
        Settings settings = Backups.settings(folder, gone, List.of(), List.of(folder));

        CheckResult result = check(settings, Optional.empty());

        assertThat(result.failure().orElseThrow().reason()).contains("could not open the repository within");
        assertThat(Duration.between(result.startedAt(), result.finishedAt())).isLessThan(Duration.ofSeconds(60));
    }

    private void damageData() throws IOException {
        try (Stream<Path> packs = Files.walk(folder.resolve("repository/data"))) {
            for (Path pack : packs.filter(Files::isRegularFile).toList()) {
                pack.toFile().setWritable(true);
                byte[] bytes = Files.readAllBytes(pack);
                bytes[0] ^= 1;
                Files.write(pack, bytes);
            }
        }
    }

    private Settings settings(boolean checkAfterBackup, String subset) {
        MaintenanceSettings usual = MaintenanceSettings.defaults();
        return Backups.settings(
                        folder, repository.settings(), List.of(Backups.script("app", "date +%N; echo END")), List.of())
                .with(new MaintenanceSettings(
                        false,
                        usual.retention(),
                        usual.zone(),
                        checkAfterBackup,
                        usual.checkSchedule(),
                        subset,
                        usual.drill()));
    }

    private static BackupResult backup(Settings settings) {
        try (KamalBackup backup = library(settings)) {
            return Backups.made(backup.backup(BackupRequest.now()));
        }
    }

    private static CheckResult check(Settings settings, Optional<String> subset) {
        try (KamalBackup backup = library(settings)) {
            return backup.check(subset);
        }
    }

    private static KamalBackup library(Settings settings) {
        return KamalBackup.builder(settings).adapters(new ScriptAdapter()).build();
    }
}
