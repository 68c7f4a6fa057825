package dev.kamalbackup.restore;

import java.time.Instant;

/**
 * A restore that was carried out to its end.
 *
 * @param task what was restored into what
 * @param requested the run that was asked for, as it was asked: {@code latest}, an id
 * @param startedAt when it started
 * @param finishedAt when it ended
 */
public record RestoreResult(RestoreTask task, String requested, Instant startedAt, Instant finishedAt) {}
