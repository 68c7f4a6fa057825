package dev.kamalbackup.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kamalbackup.KamalBackup;
import dev.kamalbackup.config.NotifySettings;
import dev.kamalbackup.config.Settings;
import dev.kamalbackup.error.BusyException;
import dev.kamalbackup.error.StateException;
import dev.kamalbackup.event.BackupListener;
import dev.kamalbackup.redact.Secret;
import dev.kamalbackup.run.BackupAnswer;
import dev.kamalbackup.run.BackupRequest;
import dev.kamalbackup.state.RunLock;
import dev.kamalbackup.state.StateFolder;
import dev.kamalbackup.testing.Backups;
import dev.kamalbackup.testing.Monitor;
import dev.kamalbackup.testing.ScriptAdapter;
import dev.kamalbackup.testing.TestRepository;
import dev.kamalbackup.testing.Tools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a monitor hears of real backups, and that a monitor in trouble is no trouble for them. */
final class ToldBackupsIT {
    private static final String GOOD = "echo rows; echo END";

    @TempDir
    private Path folder;

    private final List<String> warnings = new ArrayList<>();
    private TestRepository repository;

    @BeforeEach
    void aRepository() throws IOException {
        repository = TestRepository.create(folder.resolve("repository"), Tools.restic());
    }

    @Test
    void aCompleteBackupIsToldWithItsResult() throws IOException {
        try (Monitor monitor = Monitor.answering(200)) {
            BackupAnswer.Made made = (BackupAnswer.Made) backup(settings(monitor, GOOD), BackupRequest.now());

            assertThat(monitor.told()).singleElement().satisfies(told -> {
                assertThat(told.path()).isEqualTo("/success");
                assertThat(told.document().path("kind").asText()).isEqualTo("backup_result");
                assertThat(told.document().path("run_id").asText())
                        .isEqualTo(made.result().run().toString());
            });
            assertThat(warnings).isEmpty();
        }
    }

    @Test
    void aFailedOneIsToldWithTheReasonAndNoSecret() throws IOException {
        try (Monitor monitor = Monitor.answering(200)) {
            backup(settings(monitor, "echo 'no login with canary-5d8e' >&2; exit 1"), BackupRequest.now());

            JsonNode document = told(monitor, "/failure");
            assertThat(document.toString()).contains("no login with [REDACTED]").doesNotContain("canary-5d8e");
        }
    }

    @Test
    void aBackupThatFailsBeforeItBeginsIsToldAsAnError() throws IOException {
        try (Monitor monitor = Monitor.answering(200)) {
            Settings settings = settings(monitor, GOOD);
            Files.writeString(settings.stateFolder(), "in the way");

            assertThatThrownBy(() -> backup(settings, BackupRequest.now())).isInstanceOf(StateException.class);

            assertThat(told(monitor, "/failure").path("kind").asText()).isEqualTo("error");
        }
    }

    @Test
    void whatWasNotDueIsNoNews() throws IOException {
        try (Monitor monitor = Monitor.answering(200)) {
            Settings settings = settings(monitor, GOOD);
            backup(settings, BackupRequest.now());

            assertThat(backup(settings, BackupRequest.now().ifDue())).isInstanceOf(BackupAnswer.NotDue.class);

            assertThat(monitor.told()).hasSize(1);
        }
    }

    @Test
    void whoeverHasToWaitForAnotherRunRaisesNoAlarm() throws IOException {
        try (Monitor monitor = Monitor.answering(200)) {
            Settings settings = settings(monitor, GOOD);
            StateFolder state = new StateFolder(settings.stateFolder());
            state.prepare();
            try (RunLock other = RunLock.acquire(state, "restore", Clock.systemUTC(), warnings::add)) {
                assertThatThrownBy(() -> backup(settings, BackupRequest.now())).isInstanceOf(BusyException.class);
            }

            assertThat(monitor.told()).isEmpty();
        }
    }

    @Test
    void aMonitorThatIsGoneIsAWarningAndTheBackupIsGood() throws IOException {
        Monitor gone = Monitor.answering(200);
        gone.close();

        BackupAnswer.Made made = (BackupAnswer.Made) backup(settings(gone, GOOD), BackupRequest.now());

        assertThat(made.result().exitCode()).isZero();
        assertThat(warnings)
                .singleElement()
                .satisfies(warning -> assertThat(warning)
                        .contains("tell 127.0.0.1 of the success")
                        .contains("see notify.success"));
    }

    private static JsonNode told(Monitor monitor, String path) {
        assertThat(monitor.told())
                .singleElement()
                .satisfies(told -> assertThat(told.path()).isEqualTo(path));
        return monitor.told().get(0).document();
    }

    private Settings settings(Monitor monitor, String dump) {
        Settings plain = Backups.settings(
                folder,
                repository.settings(),
                List.of(Backups.script("app", dump).with("password", new Secret("canary-5d8e"))),
                List.of());
        return plain.with(new NotifySettings(
                Optional.of(new Secret(monitor.address("/success"))),
                Optional.of(new Secret(monitor.address("/failure")))));
    }

    private BackupAnswer backup(Settings settings, BackupRequest request) {
        try (KamalBackup backup = KamalBackup.builder(settings)
                .adapters(new ScriptAdapter())
                .environment(Map.of("PATH", System.getenv("PATH")))
                .listener(new BackupListener() {
                    @Override
                    public void warning(String message) {
                        warnings.add(message);
                    }
                })
                .build()) {
            return backup.backup(request);
        }
    }
}
