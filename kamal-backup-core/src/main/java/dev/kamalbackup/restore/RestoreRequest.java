package dev.kamalbackup.restore;

import dev.kamalbackup.catalog.RunChoice;
import dev.kamalbackup.spi.RestoreOptions;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What to restore.
 *
 * @param scope whose data are replaced
 * @param run which run
 * @param parts which parts of it
 * @param incomplete whether a run that is not complete will do: what it has is restored, the rest is left alone
 * @param inPlace whether restic changes only what differs in the live files, in the place of a whole second copy that is
 *     then put in place by renames
 * @param safetyBackup whether what is replaced is backed up first
 * @param options what is asked for besides
 */
public record RestoreRequest(
        RestoreScope scope,
        RunChoice run,
        PartChoice parts,
        boolean incomplete,
        boolean inPlace,
        boolean safetyBackup,
        RestoreOptions options) {
    /** A whole run onto this machine, with nothing special. */
    public static RestoreRequest of(RunChoice run) {
        return new RestoreRequest(
                RestoreScope.LOCAL, run, PartChoice.everything(), false, false, true, RestoreOptions.none());
    }

    /** The newest complete run, onto this machine. */
    public static RestoreRequest latest() {
        return of(RunChoice.latest());
    }

    /** What the journal says of it, or of a drill of it, while it is under way. */
    public Map<String, String> about(Optional<RestoreTask> planned) {
        Map<String, String> about = new HashMap<>();
        about.put("scope", scope.word());
        about.put("requested", run.toString());
        planned.ifPresent(task -> about.put("run_id", task.run().id().toString()));
        return about;
    }

    /** The same, into production. */
    public RestoreRequest intoProduction() {
        return new RestoreRequest(RestoreScope.PRODUCTION, run, parts, incomplete, inPlace, safetyBackup, options);
    }

    /** The same, of these parts only. */
    public RestoreRequest only(PartChoice wanted) {
        return new RestoreRequest(scope, run, wanted, incomplete, inPlace, safetyBackup, options);
    }

    /** The same, whether the run is complete or not. */
    public RestoreRequest evenIfIncomplete() {
        return new RestoreRequest(scope, run, parts, true, inPlace, safetyBackup, options);
    }

    /** The same, changing the live files where they are. */
    public RestoreRequest inTheirPlace() {
        return new RestoreRequest(scope, run, parts, incomplete, true, safetyBackup, options);
    }

    /** The same, without backing up what is replaced. */
    public RestoreRequest withoutSafetyBackup() {
        return new RestoreRequest(scope, run, parts, incomplete, inPlace, false, options);
    }
}
