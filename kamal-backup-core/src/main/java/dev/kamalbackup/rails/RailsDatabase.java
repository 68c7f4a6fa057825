package dev.kamalbackup.rails;

import java.util.Map;
import java.util.Optional;

/**
 * A database as {@code config/database.yml} describes it.
 *
 * @param name its name there; {@code primary} for the only one
 * @param values its settings under Rails's names, as in {@code adapter}, {@code username}, {@code url}; may hold secrets
 */
public record RailsDatabase(String name, Map<String, String> values) {
    public RailsDatabase {
        values = Map.copyOf(values);
    }

    /** A setting, if it says something. */
    public Optional<String> value(String key) {
        return Optional.ofNullable(values.get(key)).filter(text -> !text.isBlank());
    }

    /** Our name for its kind: {@code postgres}, {@code mysql}, {@code sqlite}, or what stands there. */
    public String adapter() {
        String written = value("adapter")
                .orElseGet(() -> value("url")
                        .map(url -> url.substring(0, Math.max(0, url.indexOf(':'))))
                        .orElse(""));
        return switch (written) {
            case "postgresql", "postgres", "postgis" -> "postgres";
            case "mysql2", "mysql", "trilogy", "mariadb" -> "mysql";
            case "sqlite3", "sqlite" -> "sqlite";
            default -> written;
        };
    }

    @Override
    public String toString() {
        return "RailsDatabase[" + name + ", " + adapter() + "]";
    }
}
