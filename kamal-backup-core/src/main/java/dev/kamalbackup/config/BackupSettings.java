package dev.kamalbackup.config;

import java.time.Duration;

/**
 * How backups are made.
 *
 * @param enabled whether backups are made at all unless forced
 * @param schedule the time from one run to the next
 * @param dumpTimeout how long the dump of one database may take
 * @param stallTimeout how long a dump may stand still, with not one byte moving
 */
public record BackupSettings(boolean enabled, Duration schedule, Duration dumpTimeout, Duration stallTimeout) {
    /** Enabled, once a day, half a day for a dump, half an hour without a byte. */
    public static BackupSettings defaults() {
        return new BackupSettings(true, Duration.ofDays(1), Duration.ofHours(12), Duration.ofMinutes(30));
    }

    /** The same with other limits for a dump. */
    public BackupSettings withLimits(Duration otherDumpTimeout, Duration otherStallTimeout) {
        return new BackupSettings(enabled, schedule, otherDumpTimeout, otherStallTimeout);
    }
}
