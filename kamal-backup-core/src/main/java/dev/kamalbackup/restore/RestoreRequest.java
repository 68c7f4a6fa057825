package dev.kamalbackup.restore;

import dev.kamalbackup.catalog.RunChoice;
import dev.kamalbackup.spi.RestoreOptions;

/**
 * What to restore onto this machine.
 *
 * @param run which run
 * @param parts which parts of it
 * @param incomplete whether a run that is not complete will do: what it has is restored, the rest is left alone
 * @param options what is asked for besides
 */
public record RestoreRequest(RunChoice run, PartChoice parts, boolean incomplete, RestoreOptions options) {
    /** A whole run, with nothing special. */
    public static RestoreRequest of(RunChoice run) {
        return new RestoreRequest(run, PartChoice.everything(), false, RestoreOptions.none());
    }

    /** The newest complete run. */
    public static RestoreRequest latest() {
        return of(RunChoice.latest());
    }

    /** The same, of these parts only. */
    public RestoreRequest only(PartChoice wanted) {
        return new RestoreRequest(run, wanted, incomplete, options);
    }

    /** The same, whether the run is complete or not. */
    public RestoreRequest evenIfIncomplete() {
        return new RestoreRequest(run, parts, true, options);
    }
}
