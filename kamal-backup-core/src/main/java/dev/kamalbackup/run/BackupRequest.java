package dev.kamalbackup.run;

/**
 * When to make a backup.
 *
 * @param onlyIfDue skip when the last complete run is still current
 * @param evenIfDisabled run although {@code backup.enabled} is false
 */
public record BackupRequest(boolean onlyIfDue, boolean evenIfDisabled) {
    /** At once, unless backups are disabled. */
    public static BackupRequest now() {
        return new BackupRequest(false, false);
    }

    /** Only when due. */
    public BackupRequest ifDue() {
        return new BackupRequest(true, evenIfDisabled);
    }

    /** Even when backups are disabled. */
    public BackupRequest forced() {
        return new BackupRequest(onlyIfDue, true);
    }
}
