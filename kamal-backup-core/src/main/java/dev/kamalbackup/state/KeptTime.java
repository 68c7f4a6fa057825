package dev.kamalbackup.state;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/**
 * The time of its schedule that a check or drill kept last, by the record of the last one. One that a person or a backup
 * asks for passes it on, so that it does not shift the schedule.
 */
final class KeptTime {
    private KeptTime() {}

    /** One that failed has proved nothing: the storage may only have been out of reach. */
    static Optional<Instant> ofCheck(ObjectNode record) {
        return time(record, History.SCHEDULED_FOR)
                .or(() -> Optional.of(record)
                        .filter(check -> check.path("status").asText().equals("ok"))
                        .flatMap(check -> time(check, "started_at")));
    }

    /** Whatever came of it: what it found stays so. */
    static Optional<Instant> ofDrill(ObjectNode record) {
        return time(record, History.SCHEDULED_FOR).or(() -> time(record, "started_at"));
    }

    /** A time in a record; one that cannot be read is as good as none: once too often is better than never. */
    static Optional<Instant> time(ObjectNode record, String name) {
        try {
            return Optional.of(Instant.parse(record.path(name).asText()));
        } catch (DateTimeException unreadable) {
            return Optional.empty();
        }
    }
}
