package dev.kamalbackup.evidence;

import dev.kamalbackup.catalog.RecordedRun;
import dev.kamalbackup.restic.Snapshot;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A run, as the repository or the history knows it.
 *
 * @param id its id
 * @param time when it started, which is what its content is as of
 * @param completeness {@code complete}, or what it is instead
 * @param whole whether it can be restored as a whole
 * @param safety whether it was made before a restore, to undo it
 * @param bytes how many bytes were read to make it, before deduplication and compression; empty if that is not known
 * @param parts the parts that were saved
 */
public record KnownRun(
        String id,
        Instant time,
        String completeness,
        boolean whole,
        boolean safety,
        OptionalLong bytes,
        List<String> parts) {
    public KnownRun {
        parts = List.copyOf(parts);
    }

    static KnownRun of(RecordedRun run) {
        boolean known =
                run.snapshots().stream().allMatch(snapshot -> snapshot.bytes().isPresent());
        return new KnownRun(
                run.id().toString(),
                run.id().time(),
                run.completeness().name().toLowerCase(Locale.ROOT),
                run.completeness().isWhole(),
                run.safetyOf().isPresent(),
                known
                        ? OptionalLong.of(run.snapshots().stream()
                                .mapToLong(snapshot -> snapshot.bytes().orElse(0))
                                .sum())
                        : OptionalLong.empty(),
                run.snapshots().stream().map(KnownRun::part).toList());
    }

    /** The run that a line of the history tells of; empty if it tells of none. */
    static Optional<KnownRun> of(PastEvent event) {
        return event.runId()
                .map(id -> new KnownRun(
                        id,
                        event.startedAt().orElse(event.at()),
                        event.outcome(),
                        event.succeeded(),
                        false,
                        event.bytes(),
                        event.parts()));
    }

    private static String part(Snapshot snapshot) {
        return snapshot.tags().value("type").filter("files"::equals).isPresent()
                ? "files"
                : "database " + snapshot.tags().value("database").orElse("?");
    }
}
