package dev.kamalbackup.settings;

import dev.kamalbackup.error.ConfigurationException;
import dev.kamalbackup.rails.KamalDeploy;
import dev.kamalbackup.rails.RailsApp;
import dev.kamalbackup.rails.RailsDatabase;
import dev.kamalbackup.rails.RubyProgram;
import dev.kamalbackup.rails.Variables;
import dev.kamalbackup.settings.ConfigNode.Child;
import dev.kamalbackup.settings.ConfigNode.Items;
import dev.kamalbackup.settings.ConfigNode.Scalar;
import dev.kamalbackup.settings.ConfigNode.Section;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What the checkout of a Rails app tells without any configuration: the development database, the app's name, a state
 * folder below {@code tmp}. Weaker than every file of ours. Which files to back up is never guessed.
 */
final class RailsDefaults {
    private static final String ENVIRONMENT = "development";

    /** Keys that say by themselves which database is meant; beside one of them, even a blank one, nothing is guessed. */
    private static final List<Key> DECISIVE =
            List.of(Keys.DATABASES_LIST, ConnectionKeys.ADAPTER, ConnectionKeys.URL, ConnectionKeys.SQLITE_PATH);

    /** Rails's names that differ from the option's. */
    private static final Map<String, String> OPTIONS = Map.of("user", "username");

    private final Path folder;
    private final Variables variables;
    private final RailsApp app;

    RailsDefaults(Path folder, Map<String, String> environment, RubyProgram ruby) {
        this.folder = folder;
        this.variables = name -> Optional.ofNullable(environment.get(name));
        this.app = new RailsApp(folder, variables, Optional.of(ruby));
    }

    /** The layer below all others; empty where there is no Rails app. */
    Optional<Layer> layer(Predicate<Key> given, Problems problems) {
        if (!app.hasDatabases()) {
            return Optional.empty();
        }
        Map<String, Child> children = new LinkedHashMap<>();
        put(
                children,
                Place.RAILS,
                Keys.STATE_PATH,
                folder.resolve("tmp/kamal-backup").toString());
        try {
            if (!given.test(Keys.APP)) {
                KamalDeploy.read(folder, variables)
                        .map(KamalDeploy::service)
                        .filter(service -> !service.isBlank())
                        .ifPresent(service -> put(children, Place.DEPLOY, Keys.APP, service));
            }
            if (DECISIVE.stream().noneMatch(given)) {
                primary().ifPresent(database -> put(children, database));
            }
        } catch (ConfigurationException unreadable) {
            unreadable.problems().forEach(problem -> problems.add(Place.RAILS, "", problem.toString()));
        }
        return Optional.of(Layer.of(new Section(Place.RAILS, children), problems));
    }

    /**
     * What the app uses on this machine, as places to restore production's databases into: of several, those that have
     * the same names there.
     */
    Optional<Layer> targets(Set<String> productionNames, Predicate<Key> given, Problems problems) {
        if (!app.hasDatabases() || DECISIVE.stream().anyMatch(given)) {
            return Optional.empty();
        }
        Map<String, Child> children = new LinkedHashMap<>();
        try {
            List<RailsDatabase> here = app.databases(ENVIRONMENT);
            if (productionNames.size() < 2 || here.size() < 2) {
                primary().ifPresent(database -> put(children, database));
            } else {
                List<ConfigNode> items = here.stream()
                        .filter(database -> productionNames.contains(database.name()))
                        .map(this::listed)
                        .toList();
                children.put(Keys.DATABASES_LIST.path(), new Child(Place.RAILS, new Items(Place.RAILS, items)));
            }
        } catch (ConfigurationException unreadable) {
            unreadable.problems().forEach(problem -> problems.add(Place.RAILS, "", problem.toString()));
        }
        return Optional.of(Layer.of(new Section(Place.RAILS, children), problems));
    }

    /** As it would stand in our own list. */
    private ConfigNode listed(RailsDatabase database) {
        Map<String, Child> entry = new LinkedHashMap<>();
        String adapter = database.adapter();
        entry.put("name", text(database.name()));
        entry.put("adapter", text(adapter));
        if (adapter.equals("sqlite")) {
            database.value("database")
                    .ifPresent(
                            path -> entry.put("path", text(folder.resolve(path).toString())));
            return new Section(Place.RAILS, entry);
        }
        ConnectionKeys.of(adapter)
                .forEach(connection -> database.value(OPTIONS.getOrDefault(connection.option(), connection.option()))
                        .ifPresent(value -> entry.putIfAbsent(connection.option(), text(value))));
        return new Section(Place.RAILS, entry);
    }

    private static Child text(String value) {
        return new Child(Place.RAILS, new Scalar(Place.RAILS, value));
    }

    private Optional<RailsDatabase> primary() {
        List<RailsDatabase> databases = app.databases(ENVIRONMENT);
        return databases.stream()
                .filter(database -> database.name().equals(RailsApp.PRIMARY))
                .findFirst()
                .or(() -> databases.stream().findFirst());
    }

    private void put(Map<String, Child> children, RailsDatabase database) {
        String adapter = database.adapter();
        put(children, Place.RAILS, ConnectionKeys.ADAPTER, adapter);
        if (adapter.equals("sqlite")) {
            database.value("database")
                    .map(path -> folder.resolve(path).toString())
                    .ifPresent(path -> put(children, Place.RAILS, ConnectionKeys.SQLITE_PATH, path));
            return;
        }
        ConnectionKeys.of(adapter)
                .forEach(connection -> database.value(OPTIONS.getOrDefault(connection.option(), connection.option()))
                        .ifPresent(value -> put(children, Place.RAILS, connection.key(), value)));
    }

    /** The first that is put wins: several variables stand for one option. */
    private static void put(Map<String, Child> children, Place place, Key key, String value) {
        children.putIfAbsent(key.flat(), new Child(place, new Scalar(place, value)));
    }
}
