package dev.kamalbackup.evidence;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kamalbackup.state.HistoryProof;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What there is to show about an app's backups. Every text of it that somebody else wrote has gone through the redactor.
 *
 * @param app the app
 * @param host the host name that its snapshots carry
 * @param generatedAt when all this was collected
 * @param version the version of this library
 * @param configuration what is configured
 * @param repository what is in the repository, or why nobody knows
 * @param madeRuns every run that the repository or the history knows, newest first; safety backups are left out
 * @param lastCheck the record of the last check; with nothing but {@code error} if it cannot be read
 * @param lastDrill the record of the last drill; with nothing but {@code error} if it cannot be read
 * @param chronicle what the history tells
 * @param proof whether the history is as it was written
 * @param recoveryPoint how much work could have been lost
 * @param recoveryTime how long it took to bring a run back
 * @param tools the versions of the programs in use, by the predecessor's names for them
 */
public record Evidence(
        String app,
        String host,
        Instant generatedAt,
        String version,
        Configuration configuration,
        RepositoryState repository,
        List<KnownRun> madeRuns,
        Optional<ObjectNode> lastCheck,
        Optional<ObjectNode> lastDrill,
        Chronicle chronicle,
        HistoryProof proof,
        RecoveryPoint recoveryPoint,
        RecoveryTime recoveryTime,
        Map<String, String> tools) {
    /** How many runs, checks, drills and failures are listed. */
    public static final int LISTED = 30;

    public Evidence {
        madeRuns = List.copyOf(madeRuns);
        tools = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(tools));
    }

    /** The newest runs: those in the repository, or where it cannot be reached those the history knows. */
    public List<KnownRun> newestRuns() {
        List<KnownRun> runs = repository instanceof RepositoryState.Reached reached
                ? reached.runs().stream().map(KnownRun::of).toList()
                : madeRuns;
        return runs.stream().limit(LISTED).toList();
    }

    /** The exit code a command line program should end with: evidence that lacks the repository is not whole. */
    public int exitCode() {
        return repository instanceof RepositoryState.Unreachable ? 1 : 0;
    }
}
