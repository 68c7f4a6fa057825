package dev.kamalbackup.spi;

import dev.kamalbackup.error.ConfigurationException;
import dev.kamalbackup.settings.DatabaseTypes;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.stream.Collectors;

/** The adapters at hand. Two that answer to one name are refused, whichever would win. */
public final class Adapters implements DatabaseTypes {
    private final List<DatabaseAdapter> all;

    private Adapters(List<DatabaseAdapter> all) {
        this.all = all;
    }

    /** Exactly these adapters. */
    public static Adapters of(Collection<? extends DatabaseAdapter> adapters) {
        Map<String, DatabaseAdapter> byName = new HashMap<>();
        for (DatabaseAdapter adapter : adapters) {
            AdapterDescription description = adapter.description();
            claim(byName, description.id(), adapter);
            description.aliases().forEach(alias -> claim(byName, alias, adapter));
        }
        return new Adapters(List.copyOf(adapters));
    }

    /** Every adapter that {@link ServiceLoader} finds with the caller's class loader. */
    public static Adapters discover() {
        return of(ServiceLoader.load(DatabaseAdapter.class).stream()
                .map(ServiceLoader.Provider::get)
                .toList());
    }

    /** The adapter that answers to this word of the configuration. */
    public Optional<DatabaseAdapter> find(String word) {
        return all.stream()
                .filter(adapter -> adapter.description().answersTo(word))
                .findFirst();
    }

    @Override
    public Optional<DatabaseType> type(String word) {
        return find(word).map(Adapters::type);
    }

    @Override
    public List<DatabaseType> types() {
        return all.stream()
                .map(Adapters::type)
                .sorted(Comparator.comparing(DatabaseType::id))
                .toList();
    }

    private static DatabaseType type(DatabaseAdapter adapter) {
        AdapterDescription description = adapter.description();
        return new DatabaseType(
                description.id(),
                description.aliases(),
                description.options().stream()
                        .map(key -> new Option(key.name(), key.secret(), key.help()))
                        .toList(),
                adapter::check);
    }

    /** All of them. */
    public List<DatabaseAdapter> all() {
        return all;
    }

    /** What to say when none answers to this word: those at hand, and the artifact that would bring it. */
    @Override
    public String unknown(String word) {
        String known =
                all.stream().map(adapter -> adapter.description().id()).sorted().collect(Collectors.joining(", "));
        return "unknown adapter \"" + word + "\"; found on the class path: " + (known.isEmpty() ? "none" : known)
                + "; adapters come with the artifacts dev.kamalbackup:kamal-backup-postgres, kamal-backup-mysql and"
                + " kamal-backup-sqlite";
    }

    private static void claim(Map<String, DatabaseAdapter> byName, String name, DatabaseAdapter adapter) {
        DatabaseAdapter other = byName.putIfAbsent(name, adapter);
        if (other != null) {
            throw ConfigurationException.of(
                    "",
                    "two adapters answer to \"" + name + "\": "
                            + other.getClass().getName() + " and "
                            + adapter.getClass().getName() + "; remove one of them from the class path");
        }
    }
}
