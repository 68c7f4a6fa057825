package dev.kamalbackup.postgres;

import dev.kamalbackup.config.DatabaseSettings;
import dev.kamalbackup.process.ChildEnvironment;
import dev.kamalbackup.redact.Secret;
import dev.kamalbackup.spi.DatabaseUrl;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * How to reach one database, as the environment variables of libpq: the one way that shows neither in a command line nor
 * in a file. Names and meanings are those of the PostgreSQL manual, "Parameter Key Words" and "Environment Variables".
 *
 * @param variables everything but the password
 * @param password empty if a password file or the server's trust must do
 */
record PostgresConnection(Map<String, String> variables, Optional<Secret> password) {
    /** What this program calls itself to a server. */
    static final String APPLICATION = "kamal-backup";

    /** Keys of the settings and parameters of a URL, by the variable that carries each. */
    static final Map<String, String> VARIABLES = Map.ofEntries(
            Map.entry("host", "PGHOST"),
            Map.entry("hostaddr", "PGHOSTADDR"),
            Map.entry("port", "PGPORT"),
            Map.entry("user", "PGUSER"),
            Map.entry("database", "PGDATABASE"),
            Map.entry("dbname", "PGDATABASE"),
            Map.entry("service", "PGSERVICE"),
            Map.entry("passfile", "PGPASSFILE"),
            Map.entry("options", "PGOPTIONS"),
            Map.entry("application_name", "PGAPPNAME"),
            Map.entry("connect_timeout", "PGCONNECT_TIMEOUT"),
            Map.entry("target_session_attrs", "PGTARGETSESSIONATTRS"),
            Map.entry("load_balance_hosts", "PGLOADBALANCEHOSTS"),
            Map.entry("channel_binding", "PGCHANNELBINDING"),
            Map.entry("require_auth", "PGREQUIREAUTH"),
            Map.entry("sslmode", "PGSSLMODE"),
            Map.entry("sslnegotiation", "PGSSLNEGOTIATION"),
            Map.entry("sslcompression", "PGSSLCOMPRESSION"),
            Map.entry("sslcert", "PGSSLCERT"),
            Map.entry("sslkey", "PGSSLKEY"),
            Map.entry("sslcertmode", "PGSSLCERTMODE"),
            Map.entry("sslrootcert", "PGSSLROOTCERT"),
            Map.entry("sslcrl", "PGSSLCRL"),
            Map.entry("sslcrldir", "PGSSLCRLDIR"),
            Map.entry("sslsni", "PGSSLSNI"),
            Map.entry("ssl_min_protocol_version", "PGSSLMINPROTOCOLVERSION"),
            Map.entry("ssl_max_protocol_version", "PGSSLMAXPROTOCOLVERSION"),
            Map.entry("requirepeer", "PGREQUIREPEER"),
            Map.entry("gssencmode", "PGGSSENCMODE"),
            Map.entry("krbsrvname", "PGKRBSRVNAME"),
            Map.entry("gsslib", "PGGSSLIB"),
            Map.entry("gssdelegation", "PGGSSDELEGATION"));

    /** Where files are looked for, and how servers are trusted, which says nothing about which database is meant. */
    private static final List<String> OF_THE_MACHINE = List.of(
            "PGPASSFILE",
            "PGSERVICEFILE",
            "PGSYSCONFDIR",
            "PGSSLMODE",
            "PGSSLROOTCERT",
            "PGSSLCRL",
            "PGSSLCERT",
            "PGSSLKEY");

    PostgresConnection {
        variables = Map.copyOf(variables);
    }

    /**
     * By the settings' URL, and by their other keys for what the URL leaves open. Settings that say nothing at all mean
     * the database that the environment means, as for PostgreSQL's own tools.
     */
    static PostgresConnection of(DatabaseSettings settings, Map<String, String> environment) {
        Optional<DatabaseUrl> url = url(settings);
        Map<String, String> variables = new TreeMap<>();
        OF_THE_MACHINE.forEach(name -> put(variables, name, environment.get(name)));
        if (url.isEmpty()
                && VARIABLES.keySet().stream()
                        .noneMatch(key -> settings.option(key).isPresent())) {
            VARIABLES.values().forEach(name -> put(variables, name, environment.get(name)));
        }
        VARIABLES.forEach(
                (key, name) -> put(variables, name, settings.option(key).orElse("")));
        url.ifPresent(given -> put(variables, given));
        variables.putIfAbsent("PGAPPNAME", APPLICATION);
        Optional<Secret> password = Stream.of(
                        url.flatMap(PostgresConnection::password),
                        settings.secret("password"),
                        Optional.ofNullable(environment.get("PGPASSWORD")).map(Secret::new))
                .flatMap(Optional::stream)
                .filter(secret -> !secret.reveal().isEmpty())
                .findFirst();
        return new PostgresConnection(variables, password);
    }

    /** The settings' URL taken apart; empty if there is none or it is none. */
    static Optional<DatabaseUrl> url(DatabaseSettings settings) {
        return settings.secret("url").map(Secret::reveal).flatMap(DatabaseUrl::parse);
    }

    /** Whether it says which database is meant; libpq would otherwise take the one that is called like the role. */
    boolean namesDatabase() {
        return variables.containsKey("PGDATABASE") || variables.containsKey("PGSERVICE");
    }

    /** What PostgreSQL's programs need to see, on top of the basics. */
    ChildEnvironment environment(ChildEnvironment basics) {
        ChildEnvironment environment = basics;
        for (Map.Entry<String, String> variable : variables.entrySet()) {
            environment = environment.with(variable.getKey(), variable.getValue());
        }
        return password.isPresent() ? environment.with("PGPASSWORD", password.get()) : environment;
    }

    /** {@code host:port/database}, the same for every way of saying the same. */
    String location() {
        String database = variables.getOrDefault("PGDATABASE", "");
        String service = variables.get("PGSERVICE");
        if (service != null) {
            return "service " + service + (database.isEmpty() ? "" : "/" + database);
        }
        String host = variables.getOrDefault("PGHOST", variables.getOrDefault("PGHOSTADDR", "localhost"));
        boolean ipv6 = host.contains(":") && !host.contains(",");
        return (ipv6 ? "[" + host + "]" : host) + ":" + variables.getOrDefault("PGPORT", "5432") + "/" + database;
    }

    private static void put(Map<String, String> variables, DatabaseUrl url) {
        put(variables, "PGHOST", url.host());
        put(variables, "PGPORT", url.port());
        put(variables, "PGUSER", url.user());
        put(variables, "PGDATABASE", url.database());
        // What JDBC writes, and libpq understands too.
        if ("true".equals(url.parameters().get("ssl"))) {
            put(variables, "PGSSLMODE", "require");
        }
        url.parameters().forEach((key, value) -> {
            String name = VARIABLES.get(key);
            // Everything else belongs to the app's own library: pool, prepared_statements, …
            if (name != null) {
                put(variables, name, value);
            }
        });
    }

    private static Optional<Secret> password(DatabaseUrl url) {
        String inParameters = url.parameters().getOrDefault("password", "");
        return Optional.of(new Secret(url.password().isEmpty() ? inParameters : url.password()));
    }

    private static void put(
            Map<String, String> variables, String name, @org.jspecify.annotations.Nullable String value) {
        if (value != null && !value.isEmpty()) {
            variables.put(name, value);
        }
    }
}
