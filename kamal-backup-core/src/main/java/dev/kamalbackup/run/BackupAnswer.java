package dev.kamalbackup.run;

import java.time.Instant;

/** What became of a request for a backup. */
public sealed interface BackupAnswer {
    /** A run was made; whether it is complete, its result tells. */
    record Made(BackupResult result) implements BackupAnswer {}

    /** Backups are switched off ({@code backup.enabled: false}) and this one was not forced. */
    record Disabled() implements BackupAnswer {}

    /**
     * The last complete run is still current.
     *
     * @param lastFinishedAt when it ended
     * @param nextDueAt when the next one is due
     */
    record NotDue(Instant lastFinishedAt, Instant nextDueAt) implements BackupAnswer {}
}
