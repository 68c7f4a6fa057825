package dev.kamalbackup.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A few thousand of the inputs that {@link SettingsFuzzIT} tries. */
class SettingsFuzzTest {
    private static final int FILES = 1_000;

    @Test
    void nothingButSettingsOrExplainedProblemsEverComesOut(@TempDir Path folder) throws IOException {
        int valid = new SettingsFuzz(folder).run(1, FILES);
        // Both ways must really be gone, or the mutations are too wild or too tame.
        assertThat(valid).isBetween(FILES / 10, FILES * SettingsFuzz.ENVIRONMENTS * 9 / 10);
    }
}
