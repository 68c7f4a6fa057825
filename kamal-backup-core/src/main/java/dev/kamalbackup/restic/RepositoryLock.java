package dev.kamalbackup.restic;

import java.time.Duration;
import java.time.Instant;

/**
 * A lock in the repository, as its holder wrote it.
 *
 * @param exclusive whether nobody else may even read
 * @param time when it was last renewed
 */
public record RepositoryLock(String id, String host, String user, long pid, boolean exclusive, Instant time) {
    /** How long ago it was last renewed. */
    public Duration age(Instant now) {
        return Duration.between(time, now);
    }

    /** Who holds it, on one line. */
    public String describe(Instant now) {
        return (exclusive ? "exclusive, " : "") + "held by process " + pid + " of " + user + " on " + host
                + ", renewed " + Math.max(0, age(now).toMinutes()) + " minutes ago ("
                + id.substring(0, Math.min(8, id.length())) + ")";
    }
}
