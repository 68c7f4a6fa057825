package dev.kamalbackup.restic;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kamalbackup.error.RepositoryException;
import dev.kamalbackup.process.Cancellation;
import dev.kamalbackup.process.ChildProcess;
import dev.kamalbackup.process.Command;
import dev.kamalbackup.process.ProcessLauncher;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A restic that runs: reads its JSON lines, gives up on a repository that does not open, turns its end into a result. */
final class ResticProcess implements AutoCloseable {
    private static final Duration GRACE = Duration.ofSeconds(3);
    private static final Duration POLL = Duration.ofMillis(20);
    private static final int MOST_ERRORS = 200;

    /** What restic tries again and again although only a person can mend it. */
    private static final List<String> NEVER_MENDED = List.of("not a directory", "permission denied", "x509: ");

    /** What check says before it has so much as reached the repository (restic 0.17 to 0.19). */
    private static final List<String> BEFORE_OPENING =
            List.of("using temporary cache in ", "create exclusive lock for repository");

    /**
     * What is done, for messages, and how long to wait.
     *
     * @param operation as an infinitive: "save database app"
     * @param repository the repository, redacted
     * @param stallTimeout how long restic may get nowhere
     */
    record Task(String operation, String repository, Duration openTimeout, Duration lockWait, Duration stallTimeout) {}

    private final Task task;
    private final ChildProcess child;
    private final Cancellation cancellation;
    private final Cancellation.Registration stop;
    private final Thread reader;
    private final long startedAt = System.nanoTime();
    private final List<String> errors = new ArrayList<>();
    private long moreErrors;
    private volatile boolean backendRetries;
    private volatile boolean hopeless;
    private volatile boolean spoke;
    private volatile long counted;
    private volatile @Nullable JsonNode summary;
    private volatile @Nullable IOException readFailure;

    /** Starts restic; each line it prints goes to {@code lines}, on a thread of its own. */
    ResticProcess(
            ProcessLauncher launcher, Command command, Task task, Cancellation cancellation, Consumer<String> lines) {
        this.task = task;
        this.cancellation = cancellation;
        cancellation.throwIfCancelled(task.operation(), task.repository());
        this.child = launcher.start(command, this::heardOnStderr);
        this.stop = cancellation.onCancel(() -> child.end(GRACE));
        this.reader = new Thread(() -> read(lines), "restic output");
        reader.setDaemon(true);
        reader.start();
    }

    ChildProcess child() {
        return child;
    }

    /** The summary message of a backup or restore, once it was printed. */
    @Nullable
    JsonNode summary() {
        return summary;
    }

    /** What restic could not read or write, item by item. */
    synchronized List<String> itemErrors() {
        List<String> all = new ArrayList<>(errors);
        if (moreErrors > 0) {
            all.add("and " + moreErrors + " more");
        }
        return List.copyOf(all);
    }

    /** Waits until restic has opened the repository, as its own output shows. */
    void awaitOpen() {
        awaitOpen(() -> spoke);
    }

    /**
     * Waits until restic has opened the repository.
     *
     * @throws RepositoryException if it ends before, or if the repository does not open in time
     */
    void awaitOpen(BooleanSupplier isOpen) {
        while (!isOpen.getAsBoolean()) {
            OptionalInt exit = child.await(POLL);
            if (exit.isPresent()) {
                if (exit.getAsInt() == 0 || isOpen.getAsBoolean()) {
                    return;
                }
                throw failure(exit.getAsInt());
            }
            long waited = Duration.ofNanos(System.nanoTime() - startedAt).toSeconds();
            // A lock is waited for in silence; a backend that fails says so line by line (restic 0.18 for 15 minutes).
            long allowed = task.openTimeout().toSeconds()
                    + (backendRetries ? 0 : task.lockWait().toSeconds());
            if (hopeless || waited >= allowed) {
                child.end(GRACE);
                throw ResticFailure.unreachable(
                        task.operation(), task.repository(), Math.max(1, waited), child.stderr());
            }
            cancellation.throwIfCancelled(task.operation(), task.repository());
        }
    }

    /**
     * Waits for restic's end, however long it takes as long as it gets anywhere, and returns its exit code.
     *
     * @throws RepositoryException if it gets nowhere for too long, as with a server that keeps a connection and does
     *     nothing; it is ended then
     */
    int awaitExit() {
        Standstill standstill = standstill();
        OptionalInt exit = child.await(standstill.interval());
        while (exit.isEmpty()) {
            if (standstill.isTooLong(counted)) {
                child.end(GRACE);
                throw stalled(standstill.reason());
            }
            if (Thread.currentThread().isInterrupted()) {
                child.end(GRACE);
            }
            exit = child.await(standstill.interval());
        }
        joinReader();
        return exit.getAsInt();
    }

    /** A watch over whether it gets anywhere. */
    private Standstill standstill() {
        // A lock is waited for in silence.
        Duration longest = spoke ? task.stallTimeout() : task.stallTimeout().plus(task.lockWait());
        return new Standstill(child.motion(), longest);
    }

    /** That it was ended because it got nowhere; a cancellation, if there was one, comes first. */
    RepositoryException stalled(String reason) {
        cancellation.throwIfCancelled(task.operation(), task.repository());
        return ResticFailure.stalled(task.operation(), task.repository(), reason, child.stderr());
    }

    /** Waits for the end and throws unless the exit code is 0. */
    void awaitSuccess() {
        int exit = awaitExit();
        IOException lost = readFailure;
        if (exit != 0) {
            throw failure(exit);
        }
        if (lost != null) {
            throw new UncheckedIOException("restic's output was lost", lost);
        }
    }

    /** What restic's end with this exit code means; a cancellation, if there was one, comes first. */
    RepositoryException failure(int exitCode) {
        cancellation.throwIfCancelled(task.operation(), task.repository());
        return ResticFailure.of(task.operation(), task.repository(), exitCode, child.stderr());
    }

    @Override
    public void close() {
        stop.close();
        child.close();
    }

    private void read(Consumer<String> lines) {
        try (BufferedReader output =
                new BufferedReader(new InputStreamReader(child.stdout(), StandardCharsets.UTF_8))) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                JsonNode message = line.contains("\"message_type\":\"summary\"") ? ResticJson.parse(line) : null;
                if (message != null) {
                    summary = message;
                }
                lines.accept(line);
                count(line);
                spoke |= BEFORE_OPENING.stream().noneMatch(line::startsWith);
            }
        } catch (IOException closed) {
            // Usually restic was ended while it wrote, and its exit code tells; awaitSuccess looks at both.
            readFailure = closed;
        }
    }

    /** Restic says twice a second how far it is, also while it only waits; only a difference is progress. */
    private void count(String line) {
        JsonNode status = line.contains("\"message_type\":\"status\"") ? ResticJson.parse(line) : null;
        if (status != null) {
            counted = Stream.of("files_done", "bytes_done", "total_files", "files_restored", "bytes_restored")
                    .mapToLong(name -> status.path(name).asLong())
                    .sum();
        }
    }

    private void joinReader() {
        try {
            reader.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void heardOnStderr(String line) {
        if (line.contains("retrying after")) {
            backendRetries = true;
            hopeless |= NEVER_MENDED.stream().anyMatch(line::contains);
        }
        JsonNode message = ResticJson.parse(line);
        if (message != null && message.path("message_type").asText().equals("error")) {
            addError(ResticFailure.readable(line));
        }
    }

    private synchronized void addError(String error) {
        if (errors.size() < MOST_ERRORS) {
            errors.add(error);
        } else {
            moreErrors++;
        }
    }
}
