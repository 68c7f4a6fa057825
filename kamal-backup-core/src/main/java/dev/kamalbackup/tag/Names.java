package dev.kamalbackup.tag;

import java.nio.file.Path;
import java.util.Optional;

/** The names derived from settings: restic's host, labels of paths, and which app and database names are allowed. */
public final class Names {
    /** A name becomes part of a file name, which file systems limit to 255 bytes. */
    private static final int LONGEST = 100;

    private Names() {}

    /** The host name snapshots are filed under: the same in every container of an accessory. */
    public static String host(String app, String accessory) {
        String host = sanitize(app + "-" + accessory);
        return host.isEmpty() ? "kamal-backup" : host;
    }

    /** The label in {@code path:LABEL}: {@code /data/storage} becomes {@code data-storage}. */
    public static String pathLabel(Path path) {
        String label = sanitize(path.toString());
        return label.isEmpty() ? "root" : label;
    }

    /** Runs of characters outside {@code A-Z a-z 0-9 _ . -} become one dash; dashes at the edges go. */
    public static String sanitize(String text) {
        return text.replaceAll("[^A-Za-z0-9_.-]+", "-").replaceAll("^-+|-+$", "");
    }

    /** What is wrong with an app or database name; empty if nothing is. */
    public static Optional<String> flaw(String name) {
        if (name.isBlank()) {
            return Optional.of("must not be empty");
        }
        if (name.length() > LONGEST) {
            return Optional.of("must not be longer than " + LONGEST + " characters");
        }
        if (Tag.hasOuterBlank(name)) {
            return Optional.of("must not begin or end with a blank");
        }
        if (name.indexOf(',') >= 0) {
            return Optional.of(
                    "must not contain a comma: restic splits tags at commas, so its backups would never be found");
        }
        if (name.indexOf('/') >= 0) {
            return Optional.of("must not contain a slash: the name becomes part of the dump's path in the repository");
        }
        if (name.chars().anyMatch(Character::isISOControl)) {
            return Optional.of("must not contain control characters");
        }
        // "." and ".." among others: as part of the dump's path they would lead elsewhere.
        return name.chars().noneMatch(Names::isPlainLetterOrDigit)
                ? Optional.of("must contain a letter A to Z or a digit")
                : Optional.empty();
    }

    private static boolean isPlainLetterOrDigit(int character) {
        return character < 128 && Character.isLetterOrDigit(character);
    }
}
