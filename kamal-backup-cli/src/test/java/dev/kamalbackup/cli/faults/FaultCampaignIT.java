package dev.kamalbackup.cli.faults;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Faults by name against the real program and real tools: those that are cheap, or with {@code -Dkamalbackup.faults=} all
 * of them, some by name, or those of a phase ({@code phase:upload}).
 */
class FaultCampaignIT {
    @TempDir
    private Path folder;

    @TestFactory
    Stream<DynamicTest> faults() {
        return Campaign.chosen(System.getProperty("kamalbackup.faults", "always")).stream()
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
