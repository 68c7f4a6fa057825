package dev.kamalbackup.tag;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;

/**
 * The id of a run: the UTC time at which it started, to the second, as {@code 20261123T055455Z}.
 *
 * @param time that time
 */
public record RunId(Instant time) implements Comparable<RunId> {
    /** Strict: the lenient default would read the 31st of February as the 28th, and no longer find that run. */
    private static final DateTimeFormatter FORMAT = DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC)
            .withResolverStyle(ResolverStyle.STRICT);

    public RunId {
        time = time.truncatedTo(ChronoUnit.SECONDS);
    }

    /** The id written so; empty if the text is none. */
    public static Optional<RunId> parse(String text) {
        if (!text.matches("\\d{8}T\\d{6}Z")) {
            return Optional.empty();
        }
        try {
            return Optional.of(new RunId(LocalDateTime.parse(text, FORMAT).toInstant(ZoneOffset.UTC)));
        } catch (DateTimeException notATime) {
            return Optional.empty();
        }
    }

    @Override
    public int compareTo(RunId other) {
        return time.compareTo(other.time);
    }

    @Override
    public String toString() {
        return FORMAT.format(time);
    }
}
