package dev.kamalbackup.mysql;

import dev.kamalbackup.config.DatabaseSettings;
import dev.kamalbackup.process.ChildEnvironment;
import dev.kamalbackup.redact.Secret;
import dev.kamalbackup.spi.DatabaseUrl;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How to reach one database. The programs take the address and the user as options; the password goes by
 * {@code MYSQL_PWD}, the one way that shows in no command line and leaves no file.
 *
 * @param options host, port, user, socket and database, by the settings' own keys
 * @param tls how TLS is used
 * @param password empty if the server asks for none
 */
record MysqlConnection(Map<String, String> options, Tls tls, Optional<Secret> password) {
    private static final List<String> KEYS = List.of("host", "port", "user", "socket", "database");
    private static final List<String> BY_ENVIRONMENT = List.of("host", "port", "user", "database");

    MysqlConnection {
        options = Map.copyOf(options);
    }

    /**
     * By the settings' URL, and by their other keys for what the URL leaves open. Settings that say nothing at all mean
     * the database that the environment means: {@code MYSQL_HOST} and so on, else {@code MARIADB_HOST} and so on.
     */
    static MysqlConnection of(DatabaseSettings settings, Map<String, String> environment) {
        Optional<DatabaseUrl> url = url(settings);
        Map<String, String> options = new TreeMap<>();
        if (url.isEmpty() && KEYS.stream().noneMatch(key -> settings.option(key).isPresent())) {
            BY_ENVIRONMENT.forEach(key -> put(options, key, fromEnvironment(environment, key)));
        }
        KEYS.forEach(key -> put(options, key, settings.option(key).orElse("")));
        url.ifPresent(given -> {
            put(options, "host", given.host());
            put(options, "port", given.port());
            put(options, "user", given.user());
            put(options, "database", given.database());
            put(options, "socket", given.parameters().get("socket"));
        });
        Optional<Secret> password = Stream.of(
                        url.map(DatabaseUrl::password).map(Secret::new),
                        settings.secret("password"),
                        secret(environment, "MYSQL_PWD"),
                        secret(environment, "MYSQL_PASSWORD"),
                        secret(environment, "MARIADB_PASSWORD"))
                .flatMap(Optional::stream)
                .filter(secret -> !secret.reveal().isEmpty())
                .findFirst();
        return new MysqlConnection(
                options, Tls.of(settings, url.map(DatabaseUrl::parameters).orElse(Map.of())), password);
    }

    /** The settings' URL taken apart; empty if there is none or it is none. */
    static Optional<DatabaseUrl> url(DatabaseSettings settings) {
        return settings.secret("url").map(Secret::reveal).flatMap(DatabaseUrl::parse);
    }

    /** The database's name; empty if none is named. */
    String database() {
        return options.getOrDefault("database", "");
    }

    /** The database's name as it is written in SQL. */
    String quotedDatabase() {
        return "`" + database().replace("`", "``") + "`";
    }

    /**
     * The options by which this program connects; the first one keeps it from reading option files, which could send it
     * to another server.
     */
    List<String> arguments(MysqlProgram program) {
        List<String> arguments = new ArrayList<>(List.of("--no-defaults"));
        String host = options.getOrDefault("host", "");
        if (bySocket()) {
            arguments.add("--protocol=SOCKET");
            arguments.add("--socket=" + options.get("socket"));
        } else {
            if (!host.isEmpty()) {
                arguments.add("--host=" + host);
            }
            if (options.containsKey("port")) {
                // By itself, "localhost" means the Unix socket, and the port is ignored.
                arguments.add("--protocol=TCP");
                arguments.add("--port=" + options.get("port"));
            }
        }
        if (options.containsKey("user")) {
            arguments.add("--user=" + options.get("user"));
        }
        arguments.addAll(tls.arguments(program));
        return arguments;
    }

    /** What a program needs to see, on top of the basics. */
    ChildEnvironment environment(ChildEnvironment basics) {
        return password.isPresent() ? basics.with("MYSQL_PWD", password.get()) : basics;
    }

    /** {@code host:port/database}, or the socket's path and the database; the same for every way of saying the same. */
    String location() {
        if (bySocket()) {
            return options.get("socket") + "/" + database();
        }
        String host = options.getOrDefault("host", "localhost");
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + options.getOrDefault("port", "3306") + "/"
                + database();
    }

    /** A socket is on this machine, so a host elsewhere outweighs it. */
    private boolean bySocket() {
        String host = options.getOrDefault("host", "localhost");
        return options.containsKey("socket") && host.equals("localhost");
    }

    private static @Nullable String fromEnvironment(Map<String, String> environment, String key) {
        String name = key.toUpperCase(Locale.ROOT);
        String mysql = environment.getOrDefault("MYSQL_" + name, "");
        return mysql.isEmpty() ? environment.get("MARIADB_" + name) : mysql;
    }

    private static Optional<Secret> secret(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name)).map(Secret::new);
    }

    private static void put(Map<String, String> options, String key, @Nullable String value) {
        if (value != null && !value.isEmpty()) {
            options.put(key, value);
        }
    }
}
