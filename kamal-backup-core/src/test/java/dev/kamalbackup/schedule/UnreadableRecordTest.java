package dev.kamalbackup.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kamalbackup.config.Schedule;
import dev.kamalbackup.drill.DrillResult;
import dev.kamalbackup.error.Fault;
import dev.kamalbackup.error.StateException;
import dev.kamalbackup.event.BackupListener;
import dev.kamalbackup.process.Cancellation;
import dev.kamalbackup.state.StateFolder;
import dev.kamalbackup.upkeep.CheckResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A record that the system does not let anybody read keeps nobody from making backups. */
class UnreadableRecordTest {
    private static final Schedule DAILY = new Schedule.Every(Duration.ofDays(1));

    @TempDir
    private Path folder;

    private final Cancellation cancellation = new Cancellation();
    private final List<String> warnings = new ArrayList<>();
    private final BackupListener listener = new BackupListener() {
        @Override
        public void warning(String message) {
            warnings.add(message);
        }
    };

    @Test
    void theSchedulerGoesOnMakesWhatIsDueAndTellsOnce() throws Exception {
        unreadable("last_check.json");
        unreadable("last_restore_drill.json");
        StateFolder state = new StateFolder(folder);
        List<String> made = new ArrayList<>();
        List<Job> jobs = List.of(
                new CheckJob(DAILY, state, (time, stop) -> check(made), listener),
                new DrillJob(DAILY, state, (time, stop) -> drill(made), listener));

        new Scheduler(
                        jobs,
                        Retries.standard(),
                        "shop",
                        Duration.ZERO,
                        (time, stop) -> stop.cancel("the test is over"),
                        listener,
                        Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC))
                .run(cancellation);

        assertThat(made).containsExactly("check", "drill");
        assertThat(warnings)
                .filteredOn(warning -> warning.contains("cannot be told"))
                .hasSize(2)
                .anySatisfy(warning -> assertThat(warning)
                        .contains(
                                "the last check",
                                folder.resolve("last_check.json") + "",
                                "let this user read the file"))
                .anySatisfy(warning ->
                        assertThat(warning).contains("the last drill", folder.resolve("last_restore_drill.json") + ""));
    }

    @Test
    void oneThatCanBeReadAgainCounts() throws Exception {
        unreadable("last_check.json");
        CheckJob job = new CheckJob(DAILY, new StateFolder(folder), (time, stop) -> check(new ArrayList<>()), listener);
        assertThat(job.keptLast(cancellation)).isEmpty();
        assertThat(job.keptLast(cancellation)).isEmpty();
        assertThat(warnings).hasSize(1);

        Files.delete(folder.resolve("last_check.json"));
        Files.writeString(
                folder.resolve("last_check.json"), "{\"status\": \"ok\", \"started_at\": \"2026-01-01T03:00:00Z\"}");

        assertThat(job.keptLast(cancellation)).contains(Instant.parse("2026-01-01T03:00:00Z"));
    }

    /** Also for root: to read the memory of a process at its address 0 is an input/output error. */
    private void unreadable(String name) throws Exception {
        Files.createSymbolicLink(folder.resolve(name), Path.of("/proc/self/mem"));
    }

    private static CheckResult check(List<String> made) {
        made.add("check");
        Instant now = Instant.EPOCH;
        return new CheckResult(now, now, "", "", Optional.empty());
    }

    private static DrillResult drill(List<String> made) {
        made.add("drill");
        throw new StateException(new Fault("drill", "", "this is not what is tested", ""));
    }
}
