package dev.kamalbackup.cli.kamal;

import dev.kamalbackup.error.ConfigurationException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The names that Kamal's files of secrets define; which are {@code .kamal/secrets-common} and {@code .kamal/secrets}. */
final class SecretNames {
    private static final Pattern DEFINITION =
            Pattern.compile("^\\s*(?:export\\s+)?([A-Za-z_][A-Za-z0-9_]*)\\s*[=:]", Pattern.MULTILINE);

    private SecretNames() {}

    /** Empty if there are no such files. */
    static Set<String> of(Path checkout, Optional<String> destination) {
        Set<String> names = new TreeSet<>();
        for (String file : Set.of(
                "secrets-common",
                "secrets" + destination.map(name -> "." + name).orElse(""))) {
            Path path = checkout.resolve(".kamal").resolve(file);
            if (Files.isRegularFile(path)) {
                Matcher matcher = DEFINITION.matcher(text(path));
                while (matcher.find()) {
                    names.add(matcher.group(1));
                }
            }
        }
        return names;
    }

    private static String text(Path file) {
        try {
            // Only names are looked for, and those are ASCII.
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException unreadable) {
            throw ConfigurationException.of(
                    file.toString(), "cannot be read: " + unreadable.getClass().getSimpleName());
        }
    }
}
