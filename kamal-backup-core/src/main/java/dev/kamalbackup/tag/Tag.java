package dev.kamalbackup.tag;

import java.util.Optional;

/**
 * One restic tag. Restic splits tags at commas and trims blanks around them (restic 0.14 to 0.19), so neither can be
 * part of one.
 */
public record Tag(String value) {
    public Tag {
        if (!isPossible(value)) {
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

    /** Whether restic would keep this text as one tag, exactly as it stands. */
    static boolean isPossible(String value) {
        return !value.isEmpty()
                && !hasOuterBlank(value)
                && value.indexOf(',') < 0
                && value.chars().noneMatch(Character::isISOControl);
    }

    /** Whether the text begins or ends with what restic trims: every blank of Unicode, the no-break ones, too. */
    static boolean hasOuterBlank(String text) {
        return !text.isEmpty() && (isBlank(text.charAt(0)) || isBlank(text.charAt(text.length() - 1)));
    }

    private static boolean isBlank(char character) {
        return Character.isWhitespace(character) || Character.isSpaceChar(character);
    }
}
