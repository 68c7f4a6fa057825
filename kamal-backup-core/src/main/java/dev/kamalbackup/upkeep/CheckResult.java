package dev.kamalbackup.upkeep;

import java.time.Instant;
import java.util.Optional;

/**
 * How a check of the repository ended.
 *
 * @param startedAt when it started
 * @param finishedAt when it ended
 * @param subset how much of the data was read, in restic's own writing; empty for none
 * @param output what restic said
 * @param failure why the repository is not to be trusted, or could not be checked; empty if it is sound
 */
public record CheckResult(
        Instant startedAt, Instant finishedAt, String subset, String output, Optional<Failure> failure) {
    /**
     * Why a check failed.
     *
     * @param reason what failed, on what and why
     * @param hint what to do next; may be empty
     * @param exitCode the exit code a command line program should end with
     */
    public record Failure(String reason, String hint, int exitCode) {}

    /** Whether nothing is wrong. */
    public boolean ok() {
        return failure.isEmpty();
    }
}
