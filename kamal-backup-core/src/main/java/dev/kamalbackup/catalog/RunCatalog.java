package dev.kamalbackup.catalog;

import dev.kamalbackup.error.Fault;
import dev.kamalbackup.error.RestoreException;
import dev.kamalbackup.restic.Snapshot;
import dev.kamalbackup.tag.RunId;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The runs of one app, put together from the tags of its snapshots. Pure: the same snapshots give the same runs.
 */
public final class RunCatalog {
    /** Shorter beginnings of snapshot ids are met by chance. */
    private static final int SHORTEST_ID = 4;

    /** Clocks of two machines that are kept right do not differ by more. */
    public static final Duration CLOCKS_DIFFER = Duration.ofMinutes(2);

    private final List<RecordedRun> runs;

    private RunCatalog(List<RecordedRun> runs) {
        this.runs = runs;
    }

    /** The runs these snapshots of one app make up. */
    public static RunCatalog of(List<Snapshot> snapshots) {
        List<Snapshot> sorted = snapshots.stream()
                .sorted(Comparator.comparing(Snapshot::time).thenComparing(Snapshot::id))
                .toList();
        Completion completion = Completion.learn(sorted);
        Map<RunId, List<Snapshot>> tagged = new TreeMap<>();
        List<Snapshot> untagged = new ArrayList<>();
        for (Snapshot snapshot : sorted) {
            snapshot.tags()
                    .run()
                    .ifPresentOrElse(
                            run -> tagged.computeIfAbsent(run, id -> new ArrayList<>())
                                    .add(snapshot),
                            () -> untagged.add(snapshot));
        }
        List<RecordedRun> runs = new ArrayList<>();
        tagged.forEach((id, group) -> runs.add(completion.judge(id, group)));
        // Snapshots of the predecessor's last era carry no run: only their order ties them together.
        UntaggedRuns.group(untagged)
                .forEach(group ->
                        runs.add(completion.judge(new RunId(group.get(0).time()), group)));
        runs.sort(Comparator.comparing(RecordedRun::id).reversed());
        return new RunCatalog(List.copyOf(runs));
    }

    /** All runs, newest first. */
    public List<RecordedRun> runs() {
        return runs;
    }

    /** The newest complete run; safety backups do not count. */
    public Optional<RecordedRun> newestComplete() {
        return runs.stream()
                .filter(run -> run.completeness().isWhole() && run.safetyOf().isEmpty())
                .findFirst();
    }

    /**
     * The run that is meant.
     *
     * @param now what the clock says; nobody can tell the newest of runs that are yet to come
     * @throws RestoreException if there is no such run, if the beginning of an id fits more than one, or if the newest is
     *     asked for and lies in the future
     */
    public RecordedRun resolve(RunChoice choice, Instant now) {
        if (choice instanceof RunChoice.Named named) {
            return named(named.id());
        }
        Instant until = choice instanceof RunChoice.At at ? at.time() : Instant.MAX;
        // A safety backup is what somebody wanted to be rid of: it is restored by its name alone.
        List<RecordedRun> candidates = runs.stream()
                .filter(run -> !run.id().time().isAfter(until))
                .filter(run -> run.safetyOf().isEmpty())
                .toList();
        candidates.stream()
                .findFirst()
                .filter(newest -> newest.id().time().isAfter(now.plus(CLOCKS_DIFFER)))
                .ifPresent(newest -> refuseTheFuture(choice, newest, now));
        return candidates.stream()
                .filter(run -> run.completeness().isWhole())
                .findFirst()
                .orElseThrow(() -> failure(
                        choice.toString(),
                        noneWhole(candidates.size()),
                        runs.isEmpty() ? "make a backup first" : "the newest runs are: " + newest()));
    }

    private RecordedRun named(String wanted) {
        Optional<RunId> id = RunId.parse(wanted);
        List<RecordedRun> matches = id.isPresent()
                ? runs.stream().filter(run -> run.id().equals(id.get())).toList()
                : bySnapshot(wanted);
        if (matches.size() > 1) {
            throw failure(wanted, "it fits snapshots of " + matches.size() + " runs", "give more of the id");
        }
        if (matches.isEmpty()) {
            throw failure(wanted, "there is no such run or snapshot of this app", "the newest runs are: " + newest());
        }
        return matches.get(0);
    }

    /** A run that some wrong clock dated ahead would stay the newest for as long as that. */
    private static void refuseTheFuture(RunChoice choice, RecordedRun newest, Instant now) {
        throw failure(
                choice.toString(),
                "the newest run in the repository, " + newest.id() + ", lies in the future: this machine's clock says "
                        + now.truncatedTo(ChronoUnit.SECONDS),
                "set the clock right, or name the run that is wanted by its id: kamal-backup list");
    }

    private List<RecordedRun> bySnapshot(String wanted) {
        if (wanted.length() < SHORTEST_ID || !wanted.matches("[0-9a-f]+")) {
            throw failure(
                    wanted,
                    "it is neither \"latest\", nor a run id (20261231T235959Z), nor the first " + SHORTEST_ID
                            + " or more digits of a snapshot id",
                    "the newest runs are: " + newest());
        }
        return runs.stream()
                .filter(run -> run.snapshots().stream()
                        .anyMatch(snapshot -> snapshot.id().startsWith(wanted)))
                .toList();
    }

    private String noneWhole(int candidates) {
        if (runs.isEmpty()) {
            return "the repository has no backup of this app";
        }
        return candidates == 0
                ? "every run in the repository is younger"
                : "none of the " + candidates + " runs that come into question is complete";
    }

    private String newest() {
        return runs.isEmpty()
                ? "none"
                : runs.stream().limit(5).map(run -> run.id().toString()).collect(Collectors.joining(", "));
    }

    private static RestoreException failure(String wanted, String reason, String hint) {
        return new RestoreException(new Fault("find run " + wanted, "", reason, hint));
    }
}
