package dev.kamalbackup.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kamalbackup.KamalBackup;
import dev.kamalbackup.config.Settings;
import dev.kamalbackup.testing.Backups;
import dev.kamalbackup.testing.ScriptAdapter;
import dev.kamalbackup.testing.TestRepository;
import dev.kamalbackup.testing.Tools;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs that are stopped from outside, politely and not. */
class InterruptedRunIT {
    @TempDir
    private Path folder;

    @Test
    void cancellingInMidDumpEndsItWithinTenSecondsAndRecordsIt() throws Exception {
        TestRepository repository = TestRepository.create(folder.resolve("repository"), Tools.restic());
        Path dumping = folder.resolve("dumping");
        Settings settings = settings(repository, "touch " + dumping + "; while echo row; do sleep 0.001; done");
        try (KamalBackup backup =
                KamalBackup.builder(settings).adapters(new ScriptAdapter()).build()) {
            CompletableFuture<BackupAnswer> answer =
                    CompletableFuture.supplyAsync(() -> backup.backup(BackupRequest.now()));
            await(dumping);
            Thread.sleep(500);
            backup.cancel("SIGTERM received");

            BackupResult result = Backups.made(answer.get(10, TimeUnit.SECONDS));

            assertThat(result.interrupted()).isTrue();
            assertThat(result.exitCode()).isEqualTo(1);
            assertThat(result.parts().get(0).toString()).contains("interrupted: SIGTERM received");
        }
        assertThat(Files.readString(folder.resolve("state/history.jsonl"))).contains("\"outcome\":\"interrupted\"");
        assertThat(repository.snapshots()).isEmpty();
        assertThat(repository.locks()).isEmpty();
        assertThat(ProcessHandle.current().descendants()).isEmpty();
    }

    @Test
    void aKilledJvmLeavesNoCompleteRunAndTheNextStartClearsUp() throws Exception {
        TestRepository repository = TestRepository.create(folder.resolve("repository"), Tools.restic());
        Path dumping = folder.resolve("dumping");
        Process jvm = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "-Dkamalbackup.tools=" + System.getProperty("kamalbackup.tools"),
                        KilledBackup.class.getName(),
                        folder.toString(),
                        "touch " + dumping + "; while echo row; do sleep 0.001; done")
                .inheritIO()
                .start();
        List<ProcessHandle> children;
        try {
            await(dumping);
            Thread.sleep(1000);
            children = jvm.descendants().toList();
            assertThat(children).isNotEmpty();
        } finally {
            jvm.destroyForcibly();
        }
        for (ProcessHandle child : children) {
            child.onExit().get(10, TimeUnit.SECONDS);
        }
        // The first database was whole and saved; the second was cut in the middle.
        assertThat(repository.snapshots()).hasSize(1);
        assertThat(folder.resolve("state/run.json")).exists();

        BackupResult next = Backups.backup(settings(repository, "echo rows; echo END"));

        assertThat(next.complete()).as("%s", next).isTrue();
        assertThat(repository.snapshots())
                .hasSize(1)
                .allSatisfy(
                        snapshot -> assertThat(snapshot.path("tags").toString()).contains("run:" + next.run()));
        assertThat(Files.readString(folder.resolve("state/history.jsonl"))).contains("\"outcome\":\"died\"");
        assertThat(folder.resolve("state/run.json")).doesNotExist();
        assertThat(folder.resolve("state/scratch")).isEmptyDirectory();
    }

    private Settings settings(TestRepository repository, String dump) {
        return Backups.settings(folder, repository.settings(), List.of(Backups.script("app", dump)), List.of());
    }

    private static void await(Path file) throws Exception {
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!Files.exists(file)) {
            assertThat(System.nanoTime()).as("waiting for %s", file).isLessThan(deadline);
            Thread.sleep(50);
        }
    }
}
