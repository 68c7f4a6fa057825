package dev.kamalbackup.config;

import java.time.ZoneId;
import java.util.Optional;

/**
 * What is done so that the backups stay good.
 *
 * @param forgetAfterBackup whether old runs are removed after a good one
 * @param retention which runs are kept then
 * @param zone by whose clock a day, a week, a month begins
 * @param checkAfterBackup whether restic checks the repository after a good run
 * @param checkSchedule when else the repository is checked; empty for never
 * @param checkReadDataSubset how much of the data a check reads, in restic's own writing ({@code 1/10}, {@code 5%},
 *     {@code 500M}); empty for none
 * @param drill the drills that are made
 */
public record MaintenanceSettings(
        boolean forgetAfterBackup,
        RetentionSettings retention,
        ZoneId zone,
        boolean checkAfterBackup,
        Optional<Schedule> checkSchedule,
        String checkReadDataSubset,
        DrillSettings drill) {
    /** Forgets by the usual retention, checks and drills only when asked. */
    public static MaintenanceSettings defaults() {
        return new MaintenanceSettings(
                true,
                RetentionSettings.defaults(),
                ZoneId.of("UTC"),
                false,
                Optional.empty(),
                "",
                DrillSettings.defaults());
    }

    /** The same with other rules for what is removed. */
    public MaintenanceSettings removingBy(RetentionSettings rules) {
        return new MaintenanceSettings(true, rules, zone, checkAfterBackup, checkSchedule, checkReadDataSubset, drill);
    }

    /** The same without removing anything. */
    public MaintenanceSettings keepingEverything() {
        return new MaintenanceSettings(
                false, retention, zone, checkAfterBackup, checkSchedule, checkReadDataSubset, drill);
    }
}
