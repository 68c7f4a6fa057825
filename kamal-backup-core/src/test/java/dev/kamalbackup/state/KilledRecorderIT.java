package dev.kamalbackup.state;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Records whose writer is killed: the old content or the new, never half of either, and a history that still fits. */
class KilledRecorderIT {
    private static final int DEATHS = 20;

    @TempDir
    private Path folder;

    @Test
    void whoeverIsKilledWhileWritingLeavesTheOldContentOrTheNew() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        StateFolder state = new StateFolder(folder);
        int lines = 0;
        for (int death = 1; death <= DEATHS; death++) {
            String which = "death " + death + ", seed " + seed;
            killWhileWriting(random, lines);

            HistoryProof proof = state.history().prove();
            assertThat(proof.breaks()).as(which).isEmpty();
            assertThat(proof.lines()).as(which).isGreaterThan(lines);
            lines = proof.lines();
            JsonNode last = new ObjectMapper()
                    .readTree(folder.resolve("last_backup.json").toFile());
            assertThat(last.path("last").asInt(-1))
                    .as(which)
                    .isNotNegative()
                    .isEqualTo(last.path("first").asInt(-2));
            state.journal()
                    .unfinished()
                    .ifPresent(entry -> assertThat(entry.planned()).as(which).isEqualTo(3));
        }
    }

    private void killWhileWriting(Random random, int linesBefore) throws Exception {
        Process writer = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        KilledRecorder.class.getName(),
                        folder.toString())
                .inheritIO()
                .start();
        try {
            long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
            // Two lines more, so that there is a whole round by this writer.
            while (countLines() < linesBefore + 2) {
                assertThat(writer.isAlive() && System.nanoTime() < deadline)
                        .as("the writer writes")
                        .isTrue();
                Thread.sleep(1);
            }
            Thread.sleep(random.nextInt(12), random.nextInt(1_000_000));
        } finally {
            writer.destroyForcibly();
            writer.waitFor();
        }
    }

    private long countLines() throws Exception {
        Path history = folder.resolve("history.jsonl");
        if (!Files.exists(history)) {
            return 0;
        }
        try (var lines = Files.lines(history)) {
            return lines.count();
        }
    }
}
