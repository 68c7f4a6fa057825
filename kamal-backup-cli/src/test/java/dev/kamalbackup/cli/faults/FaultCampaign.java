package dev.kamalbackup.cli.faults;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Faults by name against the real program and real tools: those that are cheap, or with {@code -Dkamalbackup.faults=} all
 * of them, some by name, or those of a phase ({@code phase:upload}). They mostly wait, so two classes share them: Failsafe
 * runs these side by side.
 */
abstract class FaultCampaign {
    @TempDir
    private Path folder;

    private final int half;

    /** @param half 0 or 1 */
    FaultCampaign(int half) {
        this.half = half;
    }

    @TestFactory
    Stream<DynamicTest> faults() {
        List<Fault> chosen = Campaign.chosen(System.getProperty("kamalbackup.faults", "always"));
        return IntStream.range(0, chosen.size())
                .filter(index -> index % 2 == half)
                .mapToObj(chosen::get)
                .map(fault -> DynamicTest.dynamicTest(fault.name(), () -> strike(fault)));
    }

    private void strike(Fault fault) throws Exception {
        Victim victim = new Victim(Files.createDirectories(folder.resolve(fault.name())));
        long startedAt = System.nanoTime();
        try {
            fault.trial().on(victim);
            new Aftermath(victim).holds();
        } finally {
            victim.clear();
        }
        System.out.printf(
                "%-32s %-12s held, %d s%n",
                fault.name(),
                fault.phase().word(),
                Duration.ofNanos(System.nanoTime() - startedAt).toSeconds());
    }
}
