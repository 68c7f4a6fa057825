package dev.kamalbackup.cli.kamal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kamalbackup.error.ToolException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Two versions may differ for whatever destroys nothing, or in an emergency. */
class VersionGateTest {
    private static final VersionGate APART = new VersionGate("1.2.0", "1.1.9", "kamal accessory reboot backup");

    private final List<String> warnings = new ArrayList<>();

    @Test
    void inStepEverythingPasses() {
        new VersionGate("1.2.0", "1.2.0", "").pass("prune", true, false, warnings::add);

        assertThat(warnings).isEmpty();
    }

    @Test
    void apartNothingIsDestroyed() {
        assertThatThrownBy(() -> APART.pass("prune", true, false, warnings::add))
                .isInstanceOfSatisfying(
                        ToolException.class,
                        refused -> assertThat(refused.hint())
                                .contains("kamal accessory reboot backup")
                                .contains("--skip-version-check"))
                .hasMessageContaining("1.1.9")
                .hasMessageContaining("nothing was done");
    }

    @Test
    void apartTheRestPassesWithAWarning() {
        APART.pass("list", false, false, warnings::add);
        APART.pass("prune", true, true, warnings::add);

        assertThat(warnings).hasSize(2).allMatch(line -> line.contains("kamal accessory reboot backup"));
    }
}
