package dev.kamalbackup.cli.kamal;

import dev.kamalbackup.error.ConfigurationException;
import dev.kamalbackup.redact.Secret;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code kamal secrets print} printed: {@code NAME=value} for each, the value as it is, unquoted, with whatever line
 * breaks it has (Kamal 2, lib/kamal/cli/secrets.rb). Also read is the {@code export NAME='value'} that a shell would take.
 */
public final class SecretsOutput {
    private static final Pattern BEGINNING =
            Pattern.compile("(export\\s+)?([A-Za-z_][A-Za-z0-9_]*)=(.*)", Pattern.DOTALL);

    private final Map<String, Secret> secrets = new LinkedHashMap<>();
    private final Set<String> doubtful = new LinkedHashSet<>();

    private SecretsOutput() {}

    /**
     * Reads them.
     *
     * @param names the names that the files of secrets hold; a line with another name is part of the value before it.
     *     Empty if they are not known: then every such line begins a secret
     */
    public static SecretsOutput parse(String printed, Set<String> names) {
        SecretsOutput output = new SecretsOutput();
        Optional<String> open = Optional.empty();
        // Not lines(): a carriage return may belong to a value.
        for (String line : printed.replaceFirst("\n\\z", "").split("\n", -1)) {
            Matcher matcher = BEGINNING.matcher(line);
            if (matcher.matches() && (names.isEmpty() || names.contains(matcher.group(2)))) {
                open = Optional.of(matcher.group(2));
                output.begin(matcher.group(2), value(matcher));
            } else {
                open.ifPresent(name -> output.secrets.computeIfPresent(
                        name, (same, value) -> new Secret(value.reveal() + "\n" + line)));
            }
        }
        return output;
    }

    /**
     * The value of a secret; empty if there is none, or nothing in it.
     *
     * @throws ConfigurationException if it cannot be told where the value ends
     */
    public Optional<Secret> get(String name) {
        if (doubtful.contains(name)) {
            throw ConfigurationException.of(
                    name,
                    "kamal secrets print prints it twice: a secret of several lines seems to hold the line \"" + name
                            + "=…\", so it cannot be told which value is meant; give one of them to this program in"
                            + " its environment, or write the secret of several lines in another way (base64)");
        }
        return Optional.ofNullable(secrets.get(name))
                .filter(value -> !value.reveal().isBlank());
    }

    /** Everything printed, for hiding it. */
    public Iterable<Secret> all() {
        return secrets.values();
    }

    private void begin(String name, String value) {
        if (secrets.put(name, new Secret(value)) != null) {
            doubtful.add(name);
        }
    }

    private static String value(Matcher matcher) {
        return matcher.group(1) == null ? matcher.group(3) : unquoted(matcher.group(3));
    }

    /** As a shell would read it: quotes are taken off, backslashes protect. */
    private static String unquoted(String word) {
        StringBuilder text = new StringBuilder();
        char quote = 0;
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            boolean escapes = c == '\\' && quote != '\'' && i + 1 < word.length();
            if (escapes && (quote == 0 || "\\\"$`".indexOf(word.charAt(i + 1)) >= 0)) {
                text.append(word.charAt(++i));
            } else if (quote == 0 && (c == '\'' || c == '"')) {
                quote = c;
            } else if (quote != 0 && c == quote) {
                quote = 0;
            } else {
                text.append(c);
            }
        }
        return text.toString();
    }

    @Override
    public String toString() {
        return "SecretsOutput" + secrets.keySet();
    }
}
