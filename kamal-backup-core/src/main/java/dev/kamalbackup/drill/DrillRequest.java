package dev.kamalbackup.drill;

import dev.kamalbackup.restore.RestoreRequest;
import java.time.Instant;
import java.util.Optional;

/**
 * What to drill.
 *
 * @param restore which run, which parts of it, and whose data: for production the restore goes to the scratch places, and
 *     for a development machine into its own databases and files
 * @param places where production's scratch databases and files are made
 * @param check a shell command that must succeed while the restored data are there; empty for the built-in checks alone
 * @param everyBlob whether the content of every file of Active Storage is compared with its checksum, not that of a sample
 * @param keep whether the scratch places are left as they are afterwards
 * @param scheduledFor the time of the schedule that it counts for; empty if a person wants it
 */
public record DrillRequest(
        RestoreRequest restore,
        ScratchPlaces places,
        Optional<String> check,
        boolean everyBlob,
        boolean keep,
        Optional<Instant> scheduledFor) {
    /** A drill of this restore, with nothing special. */
    public static DrillRequest of(RestoreRequest restore) {
        return new DrillRequest(restore, ScratchPlaces.standard(), Optional.empty(), false, false, Optional.empty());
    }

    /** The same, at these places. */
    public DrillRequest at(ScratchPlaces others) {
        return new DrillRequest(restore, others, check, everyBlob, keep, scheduledFor);
    }

    /** The same, with a command of one's own as the last check. */
    public DrillRequest checkedBy(String command) {
        return new DrillRequest(restore, places, Optional.of(command), everyBlob, keep, scheduledFor);
    }

    /** The same, comparing every file of Active Storage. */
    public DrillRequest withEveryBlob() {
        return new DrillRequest(restore, places, check, true, keep, scheduledFor);
    }

    /** The same, leaving what was restored where it is. */
    public DrillRequest kept() {
        return new DrillRequest(restore, places, check, everyBlob, true, scheduledFor);
    }

    /** The same, counting for this time of the schedule. */
    public DrillRequest scheduledFor(Instant time) {
        return new DrillRequest(restore, places, check, everyBlob, keep, Optional.of(time));
    }
}
