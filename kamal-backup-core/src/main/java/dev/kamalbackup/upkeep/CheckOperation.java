package dev.kamalbackup.upkeep;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kamalbackup.error.CancelledException;
import dev.kamalbackup.error.RepositoryException;
import dev.kamalbackup.error.StateException;
import dev.kamalbackup.event.BackupListener;
import dev.kamalbackup.process.Cancellation;
import dev.kamalbackup.restic.Restic;
import dev.kamalbackup.state.FileTree;
import dev.kamalbackup.state.History;
import dev.kamalbackup.state.Journal;
import dev.kamalbackup.state.RunLock;
import dev.kamalbackup.state.StateFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Checks the repository with restic and records what came of it. */
public final class CheckOperation {
    private final Restic restic;
    private final StateFolder state;
    private final String configuredSubset;
    private final BackupListener listener;
    private final Clock clock;

    public CheckOperation(
            Restic restic, StateFolder state, String configuredSubset, BackupListener listener, Clock clock) {
        this.restic = restic;
        this.state = state;
        this.configuredSubset = configuredSubset;
        this.listener = listener;
        this.clock = clock;
    }

    /**
     * Checks. What is wrong with the repository is in the result, not thrown.
     *
     * @param subset how much of the data to read; the next part of what is configured if empty
     * @param scheduledFor the time of the schedule that it counts for; empty if it is not made by schedule
     * @param document turns a result into its record
     * @throws dev.kamalbackup.error.BusyException if something else is under way
     * @throws dev.kamalbackup.error.StateException if what came of it cannot be recorded
     */
    public CheckResult check(
            Optional<String> subset,
            Optional<Instant> scheduledFor,
            Function<CheckResult, ObjectNode> document,
            Cancellation cancellation) {
        restic.version(cancellation);
        state.prepare();
        try (RunLock lock = RunLock.acquire(state, "check", clock, listener::warning)) {
            return check(subset, scheduledFor, document, lock, cancellation);
        }
    }

    /**
     * The same under a lock that is held.
     *
     * @param lock the run lock, which the caller holds
     */
    CheckResult check(
            Optional<String> subset,
            Optional<Instant> scheduledFor,
            Function<CheckResult, ObjectNode> document,
            RunLock lock,
            Cancellation cancellation) {
        String read = subset.orElseGet(() -> ReadSubset.next(configuredSubset, recorded()));
        listener.started("check");
        state.journal().begin(new Journal.Work("check", clock.instant(), Map.of("subset", read)));
        CheckResult result = attempt(read, lock, cancellation);
        state.writeLastCheck(document.apply(result), scheduledFor.filter(time -> result.ok()));
        ObjectNode line = record(result);
        scheduledFor.ifPresent(time -> line.put(History.SCHEDULED_FOR, time.toString()));
        state.history().append(line);
        state.journal().endWork();
        result.failure()
                .ifPresentOrElse(
                        failure -> listener.failed("check", failure.reason()),
                        () -> listener.finished("check", "no errors were found"));
        cancellation.throwIfCancelled("check the repository", restic.repository());
        return result;
    }

    private Optional<ObjectNode> recorded() {
        try {
            return state.lastReadableCheck();
        } catch (StateException unreadable) {
            // The record of this check will take its place.
            listener.warning("what the last check read cannot be told: "
                    + unreadable.fault().summary());
            return Optional.empty();
        }
    }

    private CheckResult attempt(String subset, RunLock lock, Cancellation cancellation) {
        Instant startedAt = clock.instant();
        removeLeftovers();
        StringBuilder output = new StringBuilder();
        Optional<CheckResult.Failure> failure = Optional.empty();
        try {
            new StaleLocks(restic, clock)
                    .retrying(lock, cancellation, () -> restic.check(subset, output, cancellation));
        } catch (RepositoryException | CancelledException failed) {
            failure = Optional.of(new CheckResult.Failure(failed.fault().summary(), failed.hint(), failed.exitCode()));
        }
        return new CheckResult(
                startedAt, clock.instant(), subset, output.toString().strip(), failure);
    }

    /** A check has a cache of its own, which one that was killed leaves behind. */
    private void removeLeftovers() {
        try (Stream<Path> folders = Files.isDirectory(state.cache()) ? Files.list(state.cache()) : Stream.empty()) {
            for (Path folder : folders.filter(
                            path -> path.getFileName().toString().startsWith("restic-check-cache-"))
                    .toList()) {
                FileTree.remove(folder);
            }
        } catch (IOException failed) {
            listener.warning("what an earlier check left in " + state.cache() + " cannot be removed: " + failed);
        }
    }

    private static ObjectNode record(CheckResult result) {
        ObjectNode line = JsonNodeFactory.instance.objectNode();
        line.put("kind", "check").put("at", History.time(result.finishedAt()));
        line.put("outcome", result.ok() ? "ok" : "failed");
        line.put("started_at", History.time(result.startedAt())).put("subset", result.subset());
        result.failure().ifPresent(failure -> line.put("error", failure.reason()));
        return line;
    }
}
