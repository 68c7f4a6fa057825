package dev.kamalbackup.spi;

/**
 * What a restore into a database is asked for besides restoring.
 *
 * @param terminateConnections whether other sessions that use the target are ended, where the adapter can do that
 */
public record RestoreOptions(boolean terminateConnections) {
    /** Nothing but the restore. */
    public static RestoreOptions none() {
        return new RestoreOptions(false);
    }
}
