package dev.kamalbackup.postgres;

import dev.kamalbackup.config.DatabaseSettings;
import dev.kamalbackup.process.ChildEnvironment;
import dev.kamalbackup.redact.Secret;
import dev.kamalbackup.spi.DatabaseUrl;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How to reach a PostgreSQL database, as libpq's own environment variables (PostgreSQL manual, "Environment Variables"):
 * nothing of it ever stands in a command line.
 */
final class PostgresConnection {
    /** Options of the settings, and parameters of a URL, by the variable that carries them. */
    private static final Map<String, String> VARIABLES = Map.ofEntries(
            Map.entry("host", "PGHOST"),
            Map.entry("port", "PGPORT"),
            Map.entry("user", "PGUSER"),
            Map.entry("database", "PGDATABASE"),
            Map.entry("sslmode", "PGSSLMODE"),
            Map.entry("sslrootcert", "PGSSLROOTCERT"),
            Map.entry("sslcert", "PGSSLCERT"),
            Map.entry("sslkey", "PGSSLKEY"),
            Map.entry("sslcrl", "PGSSLCRL"),
            Map.entry("channel_binding", "PGCHANNELBINDING"),
            Map.entry("gssencmode", "PGGSSENCMODE"),
            Map.entry("target_session_attrs", "PGTARGETSESSIONATTRS"),
            Map.entry("connect_timeout", "PGCONNECT_TIMEOUT"));

    private final Map<String, String> variables = new LinkedHashMap<>();
    private final Optional<Secret> password;

    private PostgresConnection(DatabaseSettings settings, Map<String, String> environment) {
        Optional<DatabaseUrl> url = settings.secret("url").map(Secret::reveal).flatMap(DatabaseUrl::parse);
        boolean configured = url.isPresent() || settings.option("database").isPresent();
        if (!configured) {
            VARIABLES.values().forEach(name -> put(name, environment.getOrDefault(name, "")));
            put("PGSERVICE", environment.getOrDefault("PGSERVICE", ""));
        }
        put("PGPASSFILE", environment.getOrDefault("PGPASSFILE", ""));
        VARIABLES.forEach((key, name) -> settings.option(key).ifPresent(value -> put(name, value)));
        url.ifPresent(this::add);
        this.password = url.filter(known -> !known.password().isEmpty())
                .map(known -> new Secret(known.password()))
                .or(() -> settings.secret("password"))
                .or(() -> Optional.ofNullable(environment.get("PGPASSWORD"))
                        .filter(value -> !value.isEmpty())
                        .map(Secret::new));
    }

    static PostgresConnection of(DatabaseSettings settings, Map<String, String> environment) {
        return new PostgresConnection(settings, environment);
    }

    /** What a PostgreSQL program needs to connect, on top of the basics. */
    ChildEnvironment environment(ChildEnvironment basics) {
        ChildEnvironment environment = basics.with("PGAPPNAME", "kamal-backup");
        for (Map.Entry<String, String> variable : variables.entrySet()) {
            environment = environment.with(variable.getKey(), variable.getValue());
        }
        return password.isPresent() ? environment.with("PGPASSWORD", password.get()) : environment;
    }

    /** {@code host:port/database}, with libpq's defaults left out. */
    String location() {
        String host = variables.getOrDefault("PGHOST", "localhost");
        String port = variables.getOrDefault("PGPORT", "");
        return host + (port.isEmpty() ? "" : ":" + port) + "/" + variables.getOrDefault("PGDATABASE", "");
    }

    private void add(DatabaseUrl url) {
        put("PGHOST", url.host());
        put("PGPORT", url.port());
        put("PGUSER", url.user());
        put("PGDATABASE", url.database());
        url.parameters().forEach((key, value) -> {
            if (VARIABLES.containsKey(key)) {
                put(VARIABLES.get(key), value);
            }
        });
    }

    private void put(String name, String value) {
        if (!value.isEmpty()) {
            variables.put(name, value);
        }
    }
}
