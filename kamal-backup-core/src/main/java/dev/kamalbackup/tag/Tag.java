package dev.kamalbackup.tag;

import java.util.Optional;

/**
 * One restic tag. Restic splits tags at commas and trims blanks around them (restic 0.14 to 0.19), so neither can be
 * part of one.
 */
public record Tag(String value) {
    public Tag {
        if (value.isBlank() || !value.equals(value.strip()) || value.indexOf(',') >= 0 || hasControl(value)) {
            throw new IllegalArgumentException("not a tag: \"" + value + "\"");
        }
    }

    /** The tag {@code key:value}. */
    public static Tag of(String key, String value) {
        return new Tag(key + ":" + value);
    }

    /** The value of this tag if it has the given key. */
    public Optional<String> valueOf(String key) {
        return value.startsWith(key + ":") ? Optional.of(value.substring(key.length() + 1)) : Optional.empty();
    }

    @Override
    public String toString() {
        return value;
    }

    private static boolean hasControl(String value) {
        return value.chars().anyMatch(Character::isISOControl);
    }
}
