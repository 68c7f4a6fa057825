package dev.kamalbackup.restore;

/**
 * What to restore onto this machine.
 *
 * @param run {@code latest}, a run id, or the id of any snapshot of a run
 */
public record RestoreRequest(String run) {
    /** The newest complete run. */
    public static RestoreRequest latest() {
        return new RestoreRequest("latest");
    }
}
