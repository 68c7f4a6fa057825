package dev.kamalbackup.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kamalbackup.KamalBackup;
import dev.kamalbackup.config.DrillSettings;
import dev.kamalbackup.config.MaintenanceSettings;
import dev.kamalbackup.config.Schedule;
import dev.kamalbackup.config.Settings;
import dev.kamalbackup.event.BackupListener;
import dev.kamalbackup.run.BackupRequest;
import dev.kamalbackup.state.RunLock;
import dev.kamalbackup.state.StateFolder;
import dev.kamalbackup.testing.Backups;
import dev.kamalbackup.testing.ScriptAdapter;
import dev.kamalbackup.testing.TestRepository;
import dev.kamalbackup.testing.Tools;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The scheduler with a real repository; the passing of time is proved in {@link SimulatedYearTest}. */
class SchedulerIT {
    @TempDir
    private Path folder;

    private TestRepository repository;
    private final BlockingQueue<String> told = new LinkedBlockingQueue<>();

    @BeforeEach
    void create() throws Exception {
        repository = TestRepository.create(folder.resolve("repository"), Tools.restic());
    }

    @Test
    void theFirstRunIsMadeAtOnceTheNextWhenDueAndARestartForcesNone() throws Exception {
        whileScheduling(settings("echo rows; echo END", Duration.ofHours(6)), () -> {
            await("scheduled backup is complete");
            await("next backup");
        });
        assertThat(repository.snapshots()).hasSize(1);

        whileScheduling(settings("echo rows; echo END", Duration.ofHours(6)), () -> await("next backup"));
        assertThat(repository.snapshots()).as("a restart forced a backup").hasSize(1);

        whileScheduling(settings("echo rows; echo END", Duration.ofSeconds(1)), () -> {
            await("scheduled backup is complete");
            await("scheduled backup is complete");
        });
        assertThat(repository.snapshots()).hasSizeGreaterThanOrEqualTo(3);
        assertThat(Files.readString(folder.resolve("state/last_backup.json"))).contains("\"scheduled_for\"");
    }

    @Test
    void checksAndDrillsCountForTheTimeTheyWereDueAndOnesMadeByHandShiftNothing() throws Exception {
        Settings plain = settings("echo rows; echo END", Duration.ofHours(6));
        Schedule daily = new Schedule.Every(Duration.ofDays(1));
        Settings settings = plain.with(new MaintenanceSettings(
                false,
                plain.maintenance().retention(),
                plain.maintenance().zone(),
                false,
                Optional.of(daily),
                "",
                new DrillSettings(Optional.of(daily), folder.resolve("scratch/files"), Optional.empty())));
        assertThat(Backups.backup(settings).complete()).isTrue();
        Instant kept = Instant.now().minus(Duration.ofHours(26)).truncatedTo(ChronoUnit.SECONDS);
        String record = "{\"status\": \"ok\", \"started_at\": \"" + kept + "\"}";
        Files.writeString(folder.resolve("state/last_check.json"), record);
        Files.writeString(folder.resolve("state/last_restore_drill.json"), record);

        whileScheduling(settings, () -> {
            await("next check at " + kept.plus(Duration.ofDays(2)));
            await("next drill at " + kept.plus(Duration.ofDays(2)));
        });
        try (KamalBackup backup =
                KamalBackup.builder(settings).adapters(new ScriptAdapter()).build()) {
            assertThat(backup.check(Optional.empty()).ok()).isTrue();
        }

        String due = "\"scheduled_for\":\"" + kept.plus(Duration.ofDays(1)) + "\"";
        for (String name : List.of("last_check.json", "last_restore_drill.json")) {
            assertThat(Files.readString(folder.resolve("state").resolve(name)).replace(" ", ""))
                    .contains(due);
        }
        assertThat(Files.readString(folder.resolve("state/history.jsonl")).lines())
                .filteredOn(line -> line.contains(due))
                .hasSize(2);
    }

    @Test
    void whenTheStateWasLostTheRepositoryTellsWhenTheLastRunWasMade() throws Exception {
        Settings settings = settings("echo rows; echo END", Duration.ofHours(6));
        assertThat(Backups.backup(settings).complete()).isTrue();
        Files.delete(folder.resolve("state/last_backup.json"));

        whileScheduling(settings, () -> await("next backup"));

        assertThat(repository.snapshots()).hasSize(1);
    }

    @Test
    void aFailureIsToldRecordedAndTriedAgainLater() throws Exception {
        whileScheduling(settings("echo half", Duration.ofHours(6)), () -> {
            await("the scheduled backup failed and will be tried again at");
            await("next backup");
        });

        assertThat(repository.snapshots()).isEmpty();
        assertThat(Files.readString(folder.resolve("state/history.jsonl")).lines())
                .singleElement()
                .asString()
                .contains("\"outcome\":\"failed\"", "the line END is missing");
    }

    @Test
    void itWaitsForARunThatSomebodyElseMakes() throws Exception {
        StateFolder state = new StateFolder(folder.resolve("state"));
        state.prepare();
        try (RunLock lock = RunLock.acquire(state, "backup by hand", Clock.systemUTC(), warning -> {})) {
            whileScheduling(
                    settings("echo rows; echo END", Duration.ofHours(6)),
                    () -> await("the scheduled backup waits: another one is under way"));
        }
        assertThat(repository.snapshots()).isEmpty();
        assertThat(folder.resolve("state/history.jsonl")).doesNotExist();
    }

    @Test
    void aDumpThatShrankIsHeldBackUntilItIsAccepted() throws Exception {
        String large = "head -c 100000 /dev/zero | tr '\\0' x; echo END";
        assertThat(Backups.backup(settings(large, Duration.ofHours(6))).complete())
                .isTrue();
        Settings shrunk = settings("echo rows; echo END", Duration.ofHours(6));
        // On a fresh host the state is new, too.
        Files.delete(folder.resolve("state/history.jsonl"));

        assertThat(Backups.backup(shrunk).parts().toString())
                .contains("the dump has 9 bytes", "had 100004", "--accept-shrink");
        assertThat(repository.snapshots()).hasSize(1);

        try (KamalBackup backup =
                KamalBackup.builder(shrunk).adapters(new ScriptAdapter()).build()) {
            assertThat(Backups.made(backup.backup(BackupRequest.now().acceptingShrink()))
                            .complete())
                    .isTrue();
        }
        assertThat(Backups.backup(shrunk).complete())
                .as("the new size is the measure now")
                .isTrue();
    }

    private interface Work {
        void run() throws Exception;
    }

    private void whileScheduling(Settings settings, Work work) throws Exception {
        try (KamalBackup backup = KamalBackup.builder(settings)
                .adapters(new ScriptAdapter())
                .listener(new Told())
                .build()) {
            Thread scheduler = new Thread(backup::schedule, "scheduler");
            scheduler.start();
            try {
                work.run();
            } finally {
                backup.cancel("the test is over");
                scheduler.join(TimeUnit.SECONDS.toMillis(20));
            }
            assertThat(scheduler.isAlive()).as("it did not stop").isFalse();
        }
    }

    private void await(String text) throws InterruptedException {
        Instant end = Instant.now().plusSeconds(60);
        while (Instant.now().isBefore(end)) {
            String line = told.poll(60, TimeUnit.SECONDS);
            if (line != null && line.contains(text)) {
                return;
            }
        }
        throw new AssertionError("nobody was told: " + text);
    }

    private Settings settings(String dump, Duration interval) {
        Settings plain =
                Backups.settings(folder, repository.settings(), List.of(Backups.script("app", dump)), List.of());
        return plain.with(plain.backup().with(new Schedule.Every(interval)))
                .with(plain.maintenance().keepingEverything());
    }

    private final class Told implements BackupListener {
        @Override
        public void finished(String label, String outcome) {
            told.add(label.startsWith("scheduled") ? label + " is " + outcome.replaceAll(".* is ", "") : label);
        }

        @Override
        public void warning(String message) {
            told.add(message);
        }

        @Override
        public void next(String job, Instant at) {
            told.add("next " + job + " at " + at);
        }
    }
}
