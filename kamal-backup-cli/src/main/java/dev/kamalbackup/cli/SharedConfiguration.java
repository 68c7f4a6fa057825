package dev.kamalbackup.cli;

import dev.kamalbackup.settings.Explanation;
import dev.kamalbackup.settings.SettingsReader;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What {@code config/kamal-backup.yml} of a checkout says for the accessory, without what is for this machine alone. */
final class SharedConfiguration {
    private static final String FILE = "config/kamal-backup.yml";
    /** Names the one file to be read. */
    private static final String VARIABLE = "KAMAL_BACKUP_CONFIG";

    private static final String ACCESSORY = "KAMAL_BACKUP_ACCESSORY";

    private final List<Explanation> settings;

    private SharedConfiguration(List<Explanation> settings) {
        this.settings = settings;
    }

    /** @throws dev.kamalbackup.error.ConfigurationException if the file cannot be read */
    static SharedConfiguration of(Surroundings surroundings) {
        Map<String, String> variables = new HashMap<>();
        String named = surroundings.environment().getOrDefault(VARIABLE, "").strip();
        String file = named.isEmpty() ? FILE : named;
        if (named.isEmpty() && !Files.exists(surroundings.workingFolder().resolve(FILE))) {
            // An accessory may be configured by variables alone; then a file for this machine says nothing about it.
            return new SharedConfiguration(List.of());
        }
        variables.put(VARIABLE, file);
        Optional.ofNullable(surroundings.environment().get(ACCESSORY))
                .ifPresent(name -> variables.put(ACCESSORY, name));
        return new SharedConfiguration(SettingsReader.explain(surroundings.workingFolder(), variables));
    }

    /** The configured name of the accessory; empty if it is to be found otherwise. */
    String accessory() {
        return setting("accessory").orElse("");
    }

    /** The app's name. */
    Optional<String> app() {
        return setting("app");
    }

    private Optional<String> setting(String key) {
        return settings.stream()
                .filter(setting -> setting.key().equals(key))
                .filter(setting -> !setting.source().equals("default"))
                .map(Explanation::value)
                .map(String::strip)
                .filter(value -> !value.isEmpty())
                .findFirst();
    }
}
