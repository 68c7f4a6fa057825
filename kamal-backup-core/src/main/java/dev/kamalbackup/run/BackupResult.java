package dev.kamalbackup.run;

import dev.kamalbackup.tag.RunId;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * How a backup run ended.
 *
 * @param run the run's id
 * @param app the app
 * @param startedAt when it started
 * @param finishedAt when it ended
 * @param parts the outcome of each part, in order
 * @param warnings what a person should look at though the run is complete
 * @param interrupted whether it was stopped from outside
 * @param exitCode the exit code a command line program should end with
 */
public record BackupResult(
        RunId run,
        String app,
        Instant startedAt,
        Instant finishedAt,
        List<PartOutcome> parts,
        List<String> warnings,
        boolean interrupted,
        int exitCode) {
    public BackupResult {
        parts = List.copyOf(parts);
        warnings = List.copyOf(warnings);
    }

    /** Whether every part was saved. */
    public boolean complete() {
        return parts.stream().allMatch(PartOutcome.Saved.class::isInstance);
    }

    /** The same result with more warnings. */
    public BackupResult withMore(List<String> others) {
        List<String> all = Stream.concat(warnings.stream(), others.stream()).toList();
        return new BackupResult(run, app, startedAt, finishedAt, parts, all, interrupted, exitCode);
    }
}
