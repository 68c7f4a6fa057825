package dev.kamalbackup.state;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/**
 * The last complete backup, by its record.
 *
 * @param finishedAt when it ended
 * @param kept the time it counts for: that of the schedule if the scheduler made it, otherwise when it started
 */
public record LastBackup(Instant finishedAt, Instant kept) {
    /** The name under which a record tells for which time of the schedule its run was made. */
    public static final String SCHEDULED_FOR = "scheduled_for";

    static Optional<LastBackup> of(ObjectNode record) {
        return time(record, "finished_at")
                .map(finished -> new LastBackup(
                        finished,
                        time(record, SCHEDULED_FOR)
                                .or(() -> time(record, "started_at"))
                                .orElse(finished)));
    }

    private static Optional<Instant> time(ObjectNode record, String name) {
        try {
            return Optional.of(record.path(name).asText())
                    .filter(text -> !text.isEmpty())
                    .map(Instant::parse);
        } catch (DateTimeException unreadable) {
            // As good as no record: a backup too many is better than none.
            return Optional.empty();
        }
    }
}
