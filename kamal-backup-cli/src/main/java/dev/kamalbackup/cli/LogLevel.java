package dev.kamalbackup.cli;

import dev.kamalbackup.error.ConfigurationException;
import dev.kamalbackup.error.Problem;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The level that {@code logback.xml} takes from the environment. */
final class LogLevel {
    private static final String VARIABLE = "KAMAL_BACKUP_LOG_LEVEL";
    private static final List<String> LEVELS = List.of("error", "warn", "info", "debug", "trace", "off");

    private LogLevel() {}

    /** What is wrong with it: logback itself would take every word it does not know for "debug". */
    static Optional<ConfigurationException> flaw(Map<String, String> environment) {
        String level = environment.get(VARIABLE);
        // Blank is as good as unset, as it is for every other variable.
        if (level == null || level.isBlank() || LEVELS.contains(level.toLowerCase(Locale.ROOT))) {
            return Optional.empty();
        }
        return Optional.of(new ConfigurationException(List.of(new Problem(
                "environment", VARIABLE, "\"" + level + "\" is no level; use one of " + String.join(", ", LEVELS)))));
    }
}
