package dev.kamalbackup.cli;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Reads the times people type. */
final class Moments {
    private static final List<Function<String, Instant>> FORMS = List.of(
            text -> OffsetDateTime.parse(text).toInstant(),
            text -> LocalDateTime.parse(text).toInstant(ZoneOffset.UTC),
            // A day means all of it.
            text -> LocalDate.parse(text)
                    .plusDays(1)
                    .atStartOfDay()
                    .toInstant(ZoneOffset.UTC)
                    .minusSeconds(1));

    private Moments() {}

    /** The moment that is meant; without an offset in UTC, as everything this program prints is. */
    static Optional<Instant> parse(String text) {
        String plain = text.strip().replaceFirst("^(\\S+) (\\S+)$", "$1T$2");
        return FORMS.stream().flatMap(form -> tried(form, plain).stream()).findFirst();
    }

    private static Optional<Instant> tried(Function<String, Instant> form, String text) {
        try {
            return Optional.of(form.apply(text));
        } catch (DateTimeException another) {
            // One of the other forms may fit; when none does, the caller says so.
            return Optional.empty();
        }
    }
}
