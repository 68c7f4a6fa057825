package dev.kamalbackup.retention;

import java.time.Instant;

/**
 * What retention has removed.
 *
 * @param plan what was to be done
 * @param startedAt when it started
 * @param finishedAt when it ended
 */
public record PruneResult(PrunePlan plan, Instant startedAt, Instant finishedAt) {}
