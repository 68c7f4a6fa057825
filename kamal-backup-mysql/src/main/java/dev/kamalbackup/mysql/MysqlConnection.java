package dev.kamalbackup.mysql;

import dev.kamalbackup.config.DatabaseSettings;
import dev.kamalbackup.process.ChildEnvironment;
import dev.kamalbackup.redact.Secret;
import dev.kamalbackup.spi.DatabaseUrl;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How to reach a MySQL or MariaDB database. The tools take address and user as options; the password goes by
 * {@code MYSQL_PWD}, the only way that shows in no command line and leaves no file.
 */
final class MysqlConnection {
    /** Options of the settings, and parameters of a URL, that the tools take under the same name. */
    private static final List<String> OPTIONS =
            List.of("host", "port", "user", "socket", "ssl-ca", "ssl-cert", "ssl-key");

    private final Map<String, String> options = new LinkedHashMap<>();
    private final String database;
    private final Optional<Secret> password;

    private MysqlConnection(DatabaseSettings settings, Map<String, String> environment) {
        Optional<DatabaseUrl> url = settings.secret("url").map(Secret::reveal).flatMap(DatabaseUrl::parse);
        boolean configured = url.isPresent() || settings.option("database").isPresent();
        if (!configured) {
            OPTIONS.subList(0, 3).forEach(key -> put(key, fromEnvironment(environment, key)));
        }
        OPTIONS.forEach(key -> settings.option(key).ifPresent(value -> put(key, value)));
        url.ifPresent(this::add);
        this.database = url.map(DatabaseUrl::database)
                .or(() -> settings.option("database"))
                .orElseGet(() -> fromEnvironment(environment, "database"));
        this.password = url.filter(known -> !known.password().isEmpty())
                .map(known -> new Secret(known.password()))
                .or(() -> settings.secret("password"))
                .or(() -> passwordFrom(environment));
    }

    static MysqlConnection of(DatabaseSettings settings, Map<String, String> environment) {
        return new MysqlConnection(settings, environment);
    }

    /** The options by which a tool connects. */
    List<String> arguments() {
        List<String> arguments = new ArrayList<>();
        options.forEach((key, value) -> arguments.add("--" + key + "=" + value));
        return arguments;
    }

    String database() {
        return database;
    }

    /** What a tool needs to see, on top of the basics. */
    ChildEnvironment environment(ChildEnvironment basics) {
        return password.isPresent() ? basics.with("MYSQL_PWD", password.get()) : basics;
    }

    /** {@code host:port/database}. */
    String location() {
        String port = options.getOrDefault("port", "");
        String host = options.getOrDefault("socket", options.getOrDefault("host", "localhost"));
        return host + (port.isEmpty() ? "" : ":" + port) + "/" + database;
    }

    private void add(DatabaseUrl url) {
        put("host", url.host());
        put("port", url.port());
        put("user", url.user());
        url.parameters().forEach((key, value) -> {
            // Rails writes sslca and ssl_ca for what the tools call ssl-ca.
            String option = key.replace('_', '-').replaceAll("^ssl(ca|cert|key)$", "ssl-$1");
            if (OPTIONS.contains(option)) {
                put(option, value);
            }
        });
    }

    private void put(String key, String value) {
        if (!value.isEmpty()) {
            options.put(key, value);
        }
    }

    private static String fromEnvironment(Map<String, String> environment, String key) {
        String name = key.toUpperCase(java.util.Locale.ROOT);
        return environment.getOrDefault("MYSQL_" + name, environment.getOrDefault("MARIADB_" + name, ""));
    }

    private static Optional<Secret> passwordFrom(Map<String, String> environment) {
        return java.util.stream.Stream.of("MYSQL_PWD", "MYSQL_PASSWORD", "MARIADB_PASSWORD")
                .map(name -> environment.getOrDefault(name, ""))
                .filter(value -> !value.isEmpty())
                .findFirst()
                .map(Secret::new);
    }
}
