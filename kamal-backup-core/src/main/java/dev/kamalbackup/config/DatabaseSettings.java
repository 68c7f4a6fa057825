package dev.kamalbackup.config;

import dev.kamalbackup.redact.Secret;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One database to back up. Which options there are is the adapter's matter; what may hold a password (a URL, too) is a
 * secret.
 *
 * @param name its name within the app, as in {@code app} or {@code queue}
 * @param adapter the adapter's id or one of its aliases
 * @param options plain options by key
 * @param secrets secret options by key
 */
public record DatabaseSettings(String name, String adapter, Map<String, String> options, Map<String, Secret> secrets) {
    public DatabaseSettings {
        options = Map.copyOf(options);
        secrets = Map.copyOf(secrets);
    }

    /** A database without options; add them with {@link #with}. */
    public static DatabaseSettings of(String name, String adapter) {
        return new DatabaseSettings(name, adapter, Map.of(), Map.of());
    }

    /** These settings with one more plain option. */
    public DatabaseSettings with(String key, String value) {
        Map<String, String> more = new TreeMap<>(options);
        more.put(key, value);
        return new DatabaseSettings(name, adapter, more, secrets);
    }

    /** These settings with one more secret option. */
    public DatabaseSettings with(String key, Secret value) {
        Map<String, Secret> more = new TreeMap<>(secrets);
        more.put(key, value);
        return new DatabaseSettings(name, adapter, options, more);
    }

    /** These settings without this plain option. */
    public DatabaseSettings without(String key) {
        Map<String, String> fewer = new TreeMap<>(options);
        fewer.remove(key);
        return new DatabaseSettings(name, adapter, fewer, secrets);
    }

    /** A plain option. */
    public Optional<String> option(String key) {
        return Optional.ofNullable(options.get(key));
    }

    /** A secret option. */
    public Optional<Secret> secret(String key) {
        return Optional.ofNullable(secrets.get(key));
    }
}
