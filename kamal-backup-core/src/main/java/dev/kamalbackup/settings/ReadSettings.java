package dev.kamalbackup.settings;

import dev.kamalbackup.config.Settings;
import dev.kamalbackup.error.Problem;
import java.util.List;

/**
 * What reading the configuration gave.
 *
 * @param settings the settings
 * @param warnings what works and should be changed nevertheless, such as a password typed into the file
 */
public record ReadSettings(Settings settings, List<Problem> warnings) {
    public ReadSettings {
        warnings = List.copyOf(warnings);
    }
}
