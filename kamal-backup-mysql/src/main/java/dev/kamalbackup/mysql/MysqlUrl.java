package dev.kamalbackup.mysql;

import dev.kamalbackup.config.DatabaseSettings;
import dev.kamalbackup.redact.PercentEncoding;
import dev.kamalbackup.redact.Secret;
import dev.kamalbackup.spi.DatabaseUrl;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Says how to reach a database as a URL that Rails understands. */
final class MysqlUrl {
    /** What the mysql2 gem calls our keys. */
    private static final Map<String, String> PARAMETERS = Map.of(
            Tls.MODE,
            Tls.MODE,
            "ssl_ca",
            "sslca",
            "ssl_capath",
            "sslcapath",
            "ssl_cert",
            "sslcert",
            "ssl_key",
            "sslkey",
            "ssl_cipher",
            "sslcipher");

    private MysqlUrl() {}

    /** The URL of this database; what the app itself has added to its own, such as {@code pool}, is kept. */
    static Secret of(DatabaseSettings settings, Map<String, String> environment) {
        MysqlConnection connection = MysqlConnection.of(settings, environment);
        Map<String, String> parameters = new TreeMap<>();
        PARAMETERS.forEach((key, name) ->
                settings.option(key).filter(value -> !value.isEmpty()).ifPresent(value -> parameters.put(name, value)));
        MysqlConnection.url(settings).ifPresent(url -> {
            // The URL outweighs the key, however it writes it.
            url.parameters()
                    .keySet()
                    .forEach(name ->
                            parameters.keySet().removeIf(key -> plain(key).equals(plain(name))));
            parameters.putAll(url.parameters());
        });
        return text(scheme(settings), connection, connection.database(), parameters);
    }

    /**
     * These settings with another database in the place of theirs.
     *
     * @param environment where the settings lead by themselves if they say nothing
     */
    static DatabaseSettings otherDatabase(DatabaseSettings settings, Map<String, String> environment, String database) {
        MysqlConnection connection = MysqlConnection.of(settings, environment);
        Optional<DatabaseUrl> url = MysqlConnection.url(settings);
        if (url.isPresent()) {
            return settings.with(
                    "url",
                    text(scheme(settings), connection, database, url.get().parameters()));
        }
        DatabaseSettings other = settings;
        for (Map.Entry<String, String> option : connection.options().entrySet()) {
            other = other.with(option.getKey(), option.getValue());
        }
        return other.with("database", database);
    }

    private static Secret text(
            String scheme, MysqlConnection connection, String database, Map<String, String> parameters) {
        Map<String, String> options = connection.options();
        StringBuilder url = new StringBuilder(scheme).append("://");
        String user = options.getOrDefault("user", "");
        Optional<String> password = connection.password().map(Secret::reveal);
        url.append(PercentEncoding.encode(user));
        password.ifPresent(secret -> url.append(':').append(PercentEncoding.encode(secret)));
        if (!user.isEmpty() || password.isPresent()) {
            url.append('@');
        }
        // What the programs mean without a host; to Ruby's URI, a port alone is none.
        String host = options.getOrDefault("host", "localhost");
        url.append(host.contains(":") ? "[" + host + "]" : PercentEncoding.encode(host));
        url.append(options.containsKey("port") ? ":" + options.get("port") : "");
        url.append('/').append(PercentEncoding.encode(database));
        Map<String, String> query = new TreeMap<>(parameters);
        Optional.ofNullable(options.get("socket")).ifPresent(socket -> query.put("socket", socket));
        if (!query.isEmpty()) {
            url.append('?')
                    .append(query.entrySet().stream()
                            .map(each -> PercentEncoding.encode(each.getKey()) + "="
                                    + PercentEncoding.encodePath(each.getValue()))
                            .collect(Collectors.joining("&")));
        }
        return new Secret(url.toString());
    }

    /** The scheme chooses the adapter of Rails, of which there are two. */
    private static String scheme(DatabaseSettings settings) {
        String own = MysqlConnection.url(settings).map(DatabaseUrl::scheme).orElse(settings.adapter());
        return own.equals("trilogy") ? own : "mysql2";
    }

    private static String plain(String name) {
        return name.toLowerCase(java.util.Locale.ROOT).replaceAll("[_-]", "");
    }
}
