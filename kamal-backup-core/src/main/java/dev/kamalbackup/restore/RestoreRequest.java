package dev.kamalbackup.restore;

import dev.kamalbackup.spi.RestoreOptions;

/**
 * What to restore onto this machine.
 *
 * @param run {@code latest}, a run id, or the id of any snapshot of a run
 * @param options what is asked for besides
 */
public record RestoreRequest(String run, RestoreOptions options) {
    /** A run, with nothing special. */
    public RestoreRequest(String run) {
        this(run, RestoreOptions.none());
    }

    /** The newest complete run. */
    public static RestoreRequest latest() {
        return new RestoreRequest("latest");
    }
}
