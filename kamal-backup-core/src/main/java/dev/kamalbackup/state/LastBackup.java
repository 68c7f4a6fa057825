package dev.kamalbackup.state;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Optional;

/**
 * The last complete backup, by its record.
 *
 * @param finishedAt when it ended
 * @param kept the time it counts for: that of the schedule if the scheduler made it, otherwise when it started
 */
public record LastBackup(Instant finishedAt, Instant kept) {
    static Optional<LastBackup> of(ObjectNode record) {
        return KeptTime.time(record, "finished_at")
                .map(finished -> new LastBackup(
                        finished,
                        KeptTime.time(record, History.SCHEDULED_FOR)
                                .or(() -> KeptTime.time(record, "started_at"))
                                .orElse(finished)));
    }
}
