package dev.kamalbackup.drill;

import dev.kamalbackup.tag.RunId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a drill ended.
 *
 * @param request what was asked for
 * @param task what was planned; empty if it came to no plan
 * @param outcome what it proved
 * @param reasons why it did not pass
 * @param databases what was found in the restored databases
 * @param blobs what was found of Active Storage
 * @param check how the command ended that was given; empty if none was, or it did not come to it
 * @param phases how long each phase took
 * @param states in which state each target was left
 * @param safetyRun the run that holds what a drill on a development machine replaced
 * @param warnings what a person should look at whatever the outcome
 * @param operator who ran it, as far as the environment tells
 * @param startedAt when it started
 * @param finishedAt when it ended
 * @param exitCode the exit code a command line program should end with
 */
public record DrillResult(
        DrillRequest request,
        Optional<DrillTask> task,
        Outcome outcome,
        List<String> reasons,
        List<DatabaseFindings> databases,
        List<BlobFindings> blobs,
        Optional<CheckOutcome> check,
        Map<String, Duration> phases,
        Map<String, String> states,
        Optional<RunId> safetyRun,
        List<String> warnings,
        String operator,
        Instant startedAt,
        Instant finishedAt,
        int exitCode) {
    public DrillResult {
        reasons = List.copyOf(reasons);
        databases = List.copyOf(databases);
        blobs = List.copyOf(blobs);
        warnings = List.copyOf(warnings);
    }
}
