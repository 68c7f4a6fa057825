package dev.kamalbackup.cli.kamal;

import dev.kamalbackup.redact.Redactor;
import dev.kamalbackup.redact.Secret;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The variables that Kamal gives to an accessory: secrets, and over them those that are none. Prints names only. */
public final class AccessoryEnvironment {
    private final Map<String, String> variables = new TreeMap<>();
    private final List<Secret> secrets = new ArrayList<>();

    /**
     * Puts them together. A secret that Kamal does not have is taken from this machine's environment; one that is
     * nowhere, or empty, is left out.
     *
     * @throws dev.kamalbackup.error.ConfigurationException if a value cannot be told from others
     */
    public AccessoryEnvironment(Accessory accessory, SecretsOutput printed, Map<String, String> environment) {
        accessory
                .secrets()
                .forEach((name, source) -> printed.get(source)
                        .or(() -> Optional.ofNullable(environment.get(source))
                                .filter(value -> !value.isBlank())
                                .map(Secret::new))
                        .ifPresent(value -> {
                            secrets.add(value);
                            variables.put(name, value.reveal());
                        }));
        variables.putAll(accessory.clear());
    }

    /** Name and value of each. */
    public Map<String, String> variables() {
        return Map.copyOf(variables);
    }

    /** The names. */
    public Set<String> names() {
        return Set.copyOf(variables.keySet());
    }

    /** Hides these secrets, and those of this machine. */
    public Redactor redactor(Map<String, String> environment) {
        Map<String, String> all = new TreeMap<>(environment);
        all.putAll(variables);
        return Redactor.knowing(secrets, all);
    }

    @Override
    public String toString() {
        return "AccessoryEnvironment" + variables.keySet();
    }
}
