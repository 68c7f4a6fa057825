package dev.kamalbackup.cli.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The page on reliability lists the faults that exist, and no others. */
class FaultTableTest {
    @Test
    void thePageHoldsTheTableOfAllFaults() throws Exception {
        Files.writeString(Files.createDirectories(Path.of("target")).resolve("faults.md"), Campaign.table());

        assertThat(Files.readString(Path.of("../docs/reliability.md")))
                .as("the page; replace its table with what bin/faults --table prints")
                .contains("\n\n" + Campaign.table() + "\n");
    }

    @Test
    void everyFaultHasANameOfItsOwn() {
        assertThat(Campaign.FAULTS).extracting(Fault::name).doesNotHaveDuplicates();
    }

    @Test
    void faultsAreChosenByNameByPhaseOrAll() {
        assertThat(Campaign.chosen("all")).isEqualTo(Campaign.FAULTS);
        assertThat(Campaign.chosen("always")).allMatch(Fault::always);
        assertThat(Campaign.chosen("phase:dump")).allMatch(fault -> fault.phase() == Phase.DUMP);
        assertThat(Campaign.chosen("dumper-killed,killed-in-dump")).hasSize(2);
        assertThatThrownBy(() -> Campaign.chosen("nonsense")).hasMessageContaining("nonsense");
    }
}
