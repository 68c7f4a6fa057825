package dev.kamalbackup.settings;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The variables that configure the one database of an app without {@code databases} in its file, and which option of
 * which adapter each stands for.
 */
final class ConnectionKeys {
    static final Key ADAPTER = key("DATABASE_ADAPTER", KeyType.TEXT, "The adapter of the one database.");
    static final Key URL = secret("DATABASE_URL", "The URL of the one database.");
    static final Key SQLITE_PATH = key("SQLITE_DATABASE_PATH", KeyType.PATH, "The file of the one SQLite database.");

    /**
     * What one variable means.
     *
     * @param adapter the adapter's id
     * @param option the adapter's option
     */
    record Connection(String adapter, String option, Key key) {}

    /** The first that is set wins among those for the same option. */
    private static final List<Connection> CONNECTIONS = List.of(
            new Connection("postgres", "url", URL),
            postgres("host", "PGHOST"),
            postgres("port", "PGPORT"),
            postgres("user", "PGUSER"),
            new Connection("postgres", "password", secret("PGPASSWORD", "PostgreSQL's password.")),
            postgres("database", "PGDATABASE"),
            postgres("sslmode", "PGSSLMODE"),
            postgres("sslrootcert", "PGSSLROOTCERT"),
            postgres("sslcert", "PGSSLCERT"),
            postgres("sslkey", "PGSSLKEY"),
            postgres("connect_timeout", "PGCONNECT_TIMEOUT"),
            postgres("service", "PGSERVICE"),
            postgres("passfile", "PGPASSFILE"),
            new Connection("mysql", "url", URL),
            mysql("host", "MYSQL_HOST"),
            mysql("host", "MARIADB_HOST"),
            mysql("socket", "MYSQL_UNIX_PORT"),
            mysql("port", "MYSQL_PORT"),
            mysql("port", "MARIADB_PORT"),
            mysql("user", "MYSQL_USER"),
            mysql("user", "MARIADB_USER"),
            new Connection("mysql", "password", secret("MYSQL_PWD", "MySQL's password.")),
            new Connection("mysql", "password", secret("MYSQL_PASSWORD", "MySQL's password.")),
            new Connection("mysql", "password", secret("MARIADB_PASSWORD", "MariaDB's password.")),
            mysql("database", "MYSQL_DATABASE"),
            mysql("database", "MARIADB_DATABASE"),
            new Connection("sqlite", "path", SQLITE_PATH));

    static final List<Key> ALL = Stream.concat(
                    Stream.of(ADAPTER), CONNECTIONS.stream().map(Connection::key))
            .distinct()
            .toList();

    private ConnectionKeys() {}

    /** What is known of an adapter, in order of preference; of an unknown one that it may have a URL. */
    static List<Connection> of(String adapter) {
        List<Connection> known = CONNECTIONS.stream()
                .filter(each -> each.adapter().equals(adapter))
                .toList();
        return known.isEmpty() ? List.of(new Connection(adapter, "url", URL)) : known;
    }

    /** Other names of options that the predecessor accepts, and what they mean. */
    static Map<String, String> aliases(String adapter) {
        return adapter.equals("sqlite") ? Map.of("database", "path") : Map.of();
    }

    /** The option that the predecessor also calls by another name. */
    static Optional<String> alias(String adapter, String option) {
        return Optional.ofNullable(aliases(adapter).get(option));
    }

    private static Connection postgres(String option, String variable) {
        return new Connection("postgres", option, key(variable, KeyType.TEXT, "As PostgreSQL's own tools read it."));
    }

    private static Connection mysql(String option, String variable) {
        return new Connection("mysql", option, key(variable, KeyType.TEXT, "As for databases: " + option + "."));
    }

    private static Key key(String variable, KeyType type, String help) {
        return new Key("", type, "", variable, false, help);
    }

    private static Key secret(String variable, String help) {
        return new Key("", KeyType.SECRET, "", variable, true, help);
    }
}
