package dev.kamalbackup.schedule;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/** A time in a record; one that cannot be read is as good as none. */
final class RecordedTime {
    private RecordedTime() {}

    static Optional<Instant> of(JsonNode record, String name) {
        try {
            return Optional.of(Instant.parse(record.path(name).asText()));
        } catch (DateTimeException unreadable) {
            // Then the thing is due: once too often is better than never.
            return Optional.empty();
        }
    }
}
