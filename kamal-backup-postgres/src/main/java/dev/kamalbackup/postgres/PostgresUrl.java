package dev.kamalbackup.postgres;

import dev.kamalbackup.config.DatabaseSettings;
import dev.kamalbackup.redact.PercentEncoding;
import dev.kamalbackup.redact.Secret;
import dev.kamalbackup.spi.DatabaseUrl;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Says how to reach a database as a URL that Rails and libpq understand. */
final class PostgresUrl {
    /** What stands in the URL's other parts. */
    private static final Set<String> ELSEWHERE = Set.of("host", "port", "user", "password", "database", "dbname");

    private PostgresUrl() {}

    /** The URL of this database; what the app itself has added to its own, such as {@code pool}, is kept. */
    static Secret of(DatabaseSettings settings, Map<String, String> environment) {
        PostgresConnection connection = PostgresConnection.of(settings, environment);
        Map<String, String> parameters = new TreeMap<>();
        PostgresConnection.url(settings).ifPresent(url -> parameters.putAll(url.parameters()));
        PostgresConnection.VARIABLES.forEach(
                (key, variable) -> Optional.ofNullable(connection.variables().get(variable))
                        .ifPresent(value -> parameters.put(key, value)));
        parameters.remove("application_name", PostgresConnection.APPLICATION);
        return text(connection, parameters);
    }

    /**
     * These settings with another database in the place of theirs.
     *
     * @param environment where the settings lead by themselves if they say nothing
     */
    static DatabaseSettings otherDatabase(DatabaseSettings settings, Map<String, String> environment, String database) {
        PostgresConnection connection = PostgresConnection.of(settings, environment);
        if (settings.secret("url").isEmpty()) {
            DatabaseSettings other = settings;
            for (Map.Entry<String, String> key : PostgresConnection.VARIABLES.entrySet()) {
                String value = connection.variables().getOrDefault(key.getValue(), "");
                if (!value.isEmpty() && !key.getKey().equals("dbname")) {
                    other = other.with(key.getKey(), value);
                }
            }
            return other.with("database", database);
        }
        Map<String, String> variables = new TreeMap<>(connection.variables());
        variables.put("PGDATABASE", database);
        PostgresConnection elsewhere = new PostgresConnection(variables, connection.password());
        Map<String, String> parameters = new TreeMap<>(
                PostgresConnection.url(settings).map(DatabaseUrl::parameters).orElse(Map.of()));
        return settings.with("url", text(elsewhere, parameters));
    }

    private static Secret text(PostgresConnection connection, Map<String, String> parameters) {
        Map<String, String> query = new TreeMap<>(parameters);
        query.keySet().removeAll(ELSEWHERE);
        String host = connection.variables().getOrDefault("PGHOST", "");
        String port = connection.variables().getOrDefault("PGPORT", "");
        StringBuilder url = new StringBuilder("postgres://");
        String user = connection.variables().getOrDefault("PGUSER", "");
        Optional<String> password = connection.password().map(Secret::reveal);
        url.append(PercentEncoding.encode(user));
        password.ifPresent(secret -> url.append(':').append(PercentEncoding.encode(secret)));
        if (!user.isEmpty() || password.isPresent()) {
            url.append('@');
        }
        // The folder of a socket is no host to Ruby's URI, nor are several hosts one, nor is a port without a host.
        if (host.isEmpty() || host.startsWith("/") || host.contains(",")) {
            put(query, "host", host);
            put(query, "port", port);
        } else {
            url.append(host.contains(":") ? "[" + host + "]" : PercentEncoding.encode(host));
            url.append(port.isEmpty() ? "" : ":" + port);
        }
        url.append('/').append(PercentEncoding.encode(connection.variables().getOrDefault("PGDATABASE", "")));
        if (!query.isEmpty()) {
            url.append('?')
                    .append(query.entrySet().stream()
                            .map(each -> PercentEncoding.encode(each.getKey()) + "="
                                    + PercentEncoding.encodePath(each.getValue()))
                            .collect(Collectors.joining("&")));
        }
        return new Secret(url.toString());
    }

    private static void put(Map<String, String> query, String key, String value) {
        if (!value.isEmpty()) {
            query.put(key, value);
        }
    }
}
