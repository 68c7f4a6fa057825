package dev.kamalbackup.run;

import java.time.Instant;
import java.util.Optional;

/**
 * When and how to make a backup.
 *
 * @param onlyIfDue skip when the last complete run is still current
 * @param evenIfDisabled run although {@code backup.enabled} is false
 * @param acceptShrink take a dump although it is far smaller than the last one
 * @param scheduledFor the time of the schedule that the run counts for; empty if a person wants it
 */
public record BackupRequest(
        boolean onlyIfDue, boolean evenIfDisabled, boolean acceptShrink, Optional<Instant> scheduledFor) {
    /** At once, unless backups are disabled. */
    public static BackupRequest now() {
        return new BackupRequest(false, false, false, Optional.empty());
    }

    /** Only when due. */
    public BackupRequest ifDue() {
        return new BackupRequest(true, evenIfDisabled, acceptShrink, scheduledFor);
    }

    /** Even when backups are disabled. */
    public BackupRequest forced() {
        return new BackupRequest(onlyIfDue, true, acceptShrink, scheduledFor);
    }

    /** Even when a dump is far smaller than the last one. */
    public BackupRequest acceptingShrink() {
        return new BackupRequest(onlyIfDue, evenIfDisabled, true, scheduledFor);
    }

    /** For this time of the schedule. */
    public BackupRequest scheduledFor(Instant time) {
        return new BackupRequest(onlyIfDue, evenIfDisabled, acceptShrink, Optional.of(time));
    }
}
