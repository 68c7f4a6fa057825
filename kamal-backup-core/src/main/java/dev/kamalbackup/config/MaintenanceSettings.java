package dev.kamalbackup.config;

/**
 * What is done to the repository after a good run.
 *
 * @param forgetAfterBackup whether old runs are removed
 * @param retention which runs are kept then
 * @param checkAfterBackup whether restic checks the repository
 * @param checkReadDataSubset how much of the data a check reads, in restic's own writing ({@code 1/10}, {@code 5%},
 *     {@code 500M}); empty for none
 */
public record MaintenanceSettings(
        boolean forgetAfterBackup, RetentionSettings retention, boolean checkAfterBackup, String checkReadDataSubset) {
    /** Forgets by the usual retention, checks only when asked. */
    public static MaintenanceSettings defaults() {
        return new MaintenanceSettings(true, RetentionSettings.defaults(), false, "");
    }
}
