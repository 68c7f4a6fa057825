package dev.kamalbackup.settings;

import dev.kamalbackup.config.DatabaseSettings;
import dev.kamalbackup.error.Problem;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The kinds of database that can be configured. The reader asks for them here instead of asking the adapters, which
 * themselves depend on the settings.
 */
public interface DatabaseTypes {
    /** The kind that the configuration's word means. */
    Optional<DatabaseType> type(String word);

    /** All kinds at hand. */
    List<DatabaseType> types();

    /** What to say when no kind answers to this word. */
    String unknown(String word);

    /**
     * A kind of database.
     *
     * @param id what it is called
     * @param aliases what else it may be called
     * @param options the keys it understands besides {@code name} and {@code adapter}
     * @param check what is wrong with the settings of one; the key of a problem is that of the option
     */
    record DatabaseType(
            String id, Set<String> aliases, List<Option> options, Function<DatabaseSettings, List<Problem>> check) {
        public DatabaseType {
            aliases = Set.copyOf(aliases);
            options = List.copyOf(options);
        }

        /** The option of this name. */
        Optional<Option> option(String name) {
            return options.stream().filter(option -> option.name().equals(name)).findFirst();
        }
    }

    /**
     * A key that a kind of database understands.
     *
     * @param name the key
     * @param secret whether its value may hold a password
     * @param help one sentence
     */
    record Option(String name, boolean secret, String help) {}
}
