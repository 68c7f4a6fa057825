package dev.kamalbackup.restore;

import dev.kamalbackup.tag.RunId;
import java.time.Instant;
import java.util.Optional;

/**
 * A restore that was carried out to its end.
 *
 * @param task what was restored into what
 * @param safetyRun the run that holds what was replaced, by which the restore can be undone; empty if nothing was kept
 * @param startedAt when it started
 * @param finishedAt when it ended
 */
public record RestoreResult(RestoreTask task, Optional<RunId> safetyRun, Instant startedAt, Instant finishedAt) {}
