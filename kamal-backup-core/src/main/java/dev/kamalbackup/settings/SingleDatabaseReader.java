package dev.kamalbackup.settings;

import dev.kamalbackup.config.DatabaseSettings;
import dev.kamalbackup.redact.Secret;
import dev.kamalbackup.settings.ConnectionKeys.Connection;
import dev.kamalbackup.settings.DatabaseTypes.DatabaseType;
import dev.kamalbackup.settings.DatabaseTypes.Option;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads the one database that variables (or the flat file) describe; its name is {@code app}. */
final class SingleDatabaseReader {
    private static final String NAME = "app";

    /** What a URL says itself; what else is set refines it. */
    private static final Set<String> IN_URL = Set.of("host", "port", "user", "database");

    private final Values values;
    private final SecretReader secrets;
    private final DatabaseTypes adapters;
    private final Problems problems;

    SingleDatabaseReader(Values values, SecretReader secrets, DatabaseTypes adapters, Problems problems) {
        this.values = values;
        this.secrets = secrets;
        this.adapters = adapters;
        this.problems = problems;
    }

    List<DatabaseSettings> read() {
        return adapterWord().flatMap(this::type).map(this::database).stream().toList();
    }

    /** Says of the flat file's connection keys that a list of databases makes them useless. */
    void warnOfUnused() {
        ConnectionKeys.ALL.stream()
                .flatMap(key -> values.inFiles(key).stream())
                .forEach(entry -> problems.warn(entry.place(), entry.label(), "is not used, for databases is given"));
    }

    /** The adapter's name as the user wrote it; else by the URL's scheme; else by what only SQLite has. */
    private Optional<Entry> adapterWord() {
        Optional<Entry> word = values.given(ConnectionKeys.ADAPTER);
        Optional<Entry> url = values.given(ConnectionKeys.URL);
        if (word.isPresent()) {
            return word;
        }
        if (url.isPresent()) {
            return scheme(url.get());
        }
        Optional<Entry> sqlite = values.given(ConnectionKeys.SQLITE_PATH);
        if (sqlite.isEmpty()) {
            problems.add(Place.NOWHERE, Keys.DATABASES_LIST.path(), missing());
        }
        return sqlite.map(entry -> withText(entry, "sqlite"));
    }

    private String missing() {
        String needed = "at least one database is needed: list it under databases in " + ConfigFiles.MAIN
                + ", or set DATABASE_URL or DATABASE_ADAPTER";
        return ConnectionKeys.ALL.stream()
                .flatMap(key -> values.given(key).stream())
                .findFirst()
                .map(entry -> needed + " (" + entry.label() + " alone does not say which adapter it is for)")
                .orElse(needed);
    }

    private Optional<Entry> scheme(Entry url) {
        Optional<String> scheme = values.scalar(url)
                .filter(text -> text.contains(":"))
                .map(text -> text.substring(0, text.indexOf(':')))
                .filter(text -> text.matches("[A-Za-z][A-Za-z0-9+.-]{0,30}"));
        if (scheme.isEmpty() && !(url.node() instanceof ConfigNode.Broken)) {
            problems.add(url.place(), url.label(), "expects a URL, as in postgres://user@host/name");
        }
        return scheme.map(text -> withText(url, text));
    }

    private static Entry withText(Entry entry, String text) {
        return new Entry(entry.label(), new ConfigNode.Scalar(entry.place(), text));
    }

    private Optional<DatabaseType> type(Entry word) {
        Optional<String> text = values.scalar(word);
        Optional<DatabaseType> type = text.flatMap(adapters::type);
        if (text.isPresent() && type.isEmpty()) {
            problems.add(word.place(), word.label(), adapters.unknown(problems.name(text.get())));
        }
        return type;
    }

    private DatabaseSettings database(DatabaseType type) {
        List<Connection> connections = ConnectionKeys.of(type.id());
        boolean byUrl = connections.stream()
                .anyMatch(each ->
                        each.option().equals("url") && values.given(each.key()).isPresent());
        DatabaseSettings settings = DatabaseSettings.of(NAME, type.id());
        for (Connection connection : connections) {
            Optional<Entry> entry = values.given(connection.key());
            boolean taken = settings.option(connection.option()).isPresent()
                    || settings.secret(connection.option()).isPresent();
            if (entry.isPresent() && !taken && !(byUrl && IN_URL.contains(connection.option()))) {
                settings = with(settings, type, connection, entry.get());
            }
        }
        if (connections.stream()
                .flatMap(each -> values.given(each.key()).stream())
                .anyMatch(entry -> entry.node() instanceof ConfigNode.Broken)) {
            return settings;
        }
        type.check().apply(settings).forEach(problem -> {
            Entry at = blamed(connections, problem.key());
            problems.add(at.place(), at.label(), problem.message());
        });
        return settings;
    }

    private DatabaseSettings with(DatabaseSettings settings, DatabaseType type, Connection connection, Entry entry) {
        Optional<Option> option = type.option(connection.option());
        if (option.isEmpty()) {
            warnOfUnknown(entry, type, connection);
            return settings;
        }
        Optional<String> text = secrets.read(entry, option.get().secret());
        if (text.isEmpty()) {
            return settings;
        }
        return option.get().secret()
                ? settings.with(connection.option(), new Secret(text.get()))
                : settings.with(connection.option(), text.get());
    }

    /** Only of the file: what stands in the environment the adapter can still see there. */
    private void warnOfUnknown(Entry entry, DatabaseType type, Connection connection) {
        if (!entry.place().isEnvironment()) {
            problems.warn(
                    entry.place(),
                    entry.label(),
                    "is not used: the adapter " + type.id() + " has no option " + connection.option());
        }
    }

    /** What the user gave for an option; if nothing, the variables that could give it. */
    private Entry blamed(List<Connection> connections, String option) {
        List<Key> keys = connections.stream()
                .filter(each -> each.option().equals(option))
                .map(Connection::key)
                .toList();
        String variables = keys.stream().map(Key::environment).collect(Collectors.joining(" or "));
        return keys.stream()
                .flatMap(key -> values.given(key).stream())
                .findFirst()
                .orElse(new Entry(
                        variables.isEmpty() ? Keys.DATABASES_LIST.path() : variables,
                        new ConfigNode.Scalar(Place.ENVIRONMENT, "")));
    }
}
