package dev.kamalbackup.mysql;

import dev.kamalbackup.config.DatabaseSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * How TLS is used with a server. MySQL's programs and MariaDB's name the same things differently.
 *
 * @param options by the settings' own keys
 */
record Tls(Map<String, String> options) {
    static final String MODE = "ssl_mode";

    /** What MySQL calls them, in the order of strictness. */
    static final List<String> MODES = List.of("disabled", "preferred", "required", "verify_ca", "verify_identity");

    private static final List<String> FILES = List.of("ssl_ca", "ssl_capath", "ssl_cert", "ssl_key", "ssl_cipher");

    Tls {
        options = Map.copyOf(options);
    }

    /** By the settings' keys, over which the URL's parameters go: sslmode, ssl-mode and ssl_mode mean the same. */
    static Tls of(DatabaseSettings settings, Map<String, String> parameters) {
        Map<String, String> options = new TreeMap<>();
        FILES.forEach(key -> settings.option(key).ifPresent(value -> options.put(key, value)));
        settings.option(MODE).ifPresent(mode -> options.put(MODE, normalMode(mode)));
        parameters.forEach((name, value) -> {
            String plain = name.toLowerCase(Locale.ROOT).replaceAll("[_-]", "");
            if (plain.equals("sslmode")) {
                options.put(MODE, normalMode(value));
            }
            FILES.stream().filter(key -> key.replace("_", "").equals(plain)).forEach(key -> options.put(key, value));
            // What the mysql2 gem calls it.
            if (plain.equals("sslverify") && value.equals("true")) {
                options.put(MODE, "verify_identity");
            }
        });
        return new Tls(options);
    }

    /** The mode that is asked for; empty if none is. */
    String mode() {
        return options.getOrDefault(MODE, "");
    }

    List<String> arguments(MysqlProgram program) {
        List<String> arguments = new ArrayList<>();
        if (!mode().isEmpty()) {
            arguments.addAll(
                    program.mariaDb() ? mariaDbMode() : List.of("--ssl-mode=" + mode().toUpperCase(Locale.ROOT)));
        }
        FILES.stream()
                .filter(options::containsKey)
                .forEach(key -> arguments.add("--" + key.replace('_', '-') + "=" + options.get(key)));
        return arguments;
    }

    /** MariaDB cannot verify the authority alone, so there verify_ca is as strict as verify_identity. */
    private List<String> mariaDbMode() {
        return switch (mode()) {
            case "disabled" -> List.of("--skip-ssl");
            case "required" -> List.of("--ssl", "--skip-ssl-verify-server-cert");
            case "verify_ca", "verify_identity" -> List.of("--ssl", "--ssl-verify-server-cert");
            // preferred is what it does by itself
            default -> List.of();
        };
    }

    private static String normalMode(String mode) {
        return mode.toLowerCase(Locale.ROOT).replace('-', '_');
    }
}
