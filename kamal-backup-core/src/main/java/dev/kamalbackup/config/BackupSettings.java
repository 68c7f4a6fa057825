package dev.kamalbackup.config;

import java.time.Duration;

/**
 * How backups are made.
 *
 * @param enabled whether backups are made at all unless forced
 * @param schedule when a run is due
 * @param jitter how much later than that it starts at most, so that many apps do not start at once
 * @param startDelay how long the scheduler waits at its start before it does anything
 * @param dumpTimeout how long the dump of one database may take
 * @param stallTimeout how long a dump may stand still, with not one byte moving, and restic get nowhere
 */
public record BackupSettings(
        boolean enabled,
        Schedule schedule,
        Duration jitter,
        Duration startDelay,
        Duration dumpTimeout,
        Duration stallTimeout) {
    /** Enabled, once a day, half a day for a dump, half an hour without a byte. */
    public static BackupSettings defaults() {
        return new BackupSettings(
                true,
                new Schedule.Every(Duration.ofDays(1)),
                Duration.ZERO,
                Duration.ZERO,
                Duration.ofHours(12),
                Duration.ofMinutes(30));
    }

    /** The same with other limits for a dump. */
    public BackupSettings withLimits(Duration otherDumpTimeout, Duration otherStallTimeout) {
        return new BackupSettings(enabled, schedule, jitter, startDelay, otherDumpTimeout, otherStallTimeout);
    }

    /** The same with another schedule. */
    public BackupSettings with(Schedule other) {
        return new BackupSettings(enabled, other, jitter, startDelay, dumpTimeout, stallTimeout);
    }
}
