package dev.kamalbackup.restic;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kamalbackup.error.Fault;
import dev.kamalbackup.error.RepositoryException;
import dev.kamalbackup.error.StateException;
import dev.kamalbackup.process.Motion;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * A restic that saves what is written to it, but only when {@link #commit} says that it is whole. Closing without a
 * commit leaves no snapshot.
 */
public final class StreamBackup implements AutoCloseable {
    /**
     * Restic reads what this child's standard output carries, and we write there ourselves, through {@code /proc}; the
     * file "number" holds the child's number, and the file "open" tells that restic has opened and locked the repository.
     * They are two, and "open" is made with descriptor 3, because a shell that writes into a file has that file as its
     * standard output meanwhile: a dump sent to it then would end there. The child only waits for the end of restic's
     * own standard input, which comes when we close it or die, and then the file "whole" tells whether the dump is
     * proven. The text is fixed: nothing is ever put into it.
     */
    static final String SCRIPT =
            "echo $$ >\"$1/number\" && : 3>\"$1/open\"" + " && { read -r _ </proc/$PPID/fd/0; test -e \"$1/whole\"; }";

    private static final Duration ABORT_GRACE = Duration.ofSeconds(5);

    private final ResticProcess restic;
    private final CommitMethod method;
    private final Path gate;
    private @Nullable OutputStream pipe;
    private boolean finished;

    StreamBackup(ResticProcess restic, CommitMethod method, Path gate) {
        this.restic = restic;
        this.method = method;
        this.gate = gate;
    }

    /** The end of restic's command line that makes it read our bytes. */
    static List<String> arguments(CommitMethod method, Path gate) {
        return switch (method) {
            case MARKER -> List.of("--stdin-from-command", "--", "/bin/sh", "-c", SCRIPT, "sh", gate.toString());
            case FORCED_END -> List.of("--stdin");
        };
    }

    /**
     * Waits until restic has opened and locked the repository; before that, no dump need begin.
     *
     * @throws RepositoryException if it cannot be opened
     */
    public void awaitOpen() {
        switch (method) {
            case MARKER -> {
                restic.awaitOpen(() -> Files.exists(gate.resolve("open")));
                pipe = openPipe();
            }
            case FORCED_END -> {
                restic.awaitOpen();
                pipe = restic.child().stdin();
            }
        }
    }

    /**
     * Where the dump goes, once the repository is open. A failing write means that restic has ended; {@link #failure}
     * says why.
     */
    public OutputStream sink() {
        return Objects.requireNonNull(pipe, "the repository is not open yet");
    }

    /** Ends restic by force, for example because it takes no more bytes; {@link #failure} then says how it ended. */
    public void end() {
        restic.child().end(ABORT_GRACE);
    }

    /** Whether restic has ended, which before a commit it should not have. */
    public boolean hasEnded() {
        return restic.child().hasEnded();
    }

    /** A look at whether restic itself gets anywhere, though it takes no bytes. */
    public Motion motion() {
        return restic.child().motion();
    }

    /** Why restic, which was ended for this reason, was. */
    public RepositoryException stalled(String reason) {
        restic.child().await(ABORT_GRACE);
        return restic.stalled(reason);
    }

    /** Why restic ended before it was told to. */
    public RepositoryException failure() {
        OptionalInt exit = restic.child().await(ABORT_GRACE);
        return restic.failure(exit.orElse(1));
    }

    /**
     * Declares the dump whole and waits for the snapshot.
     *
     * @throws RepositoryException if restic fails after all; there is no snapshot then, or its id is in the exception's
     *     hint for forgetting
     */
    public StreamReceipt commit() {
        if (method == CommitMethod.MARKER) {
            try {
                Files.createFile(gate.resolve("whole"));
            } catch (IOException full) {
                throw new StateException(
                        new Fault(
                                "declare a dump whole",
                                gate.toString(),
                                String.valueOf(full.getMessage()),
                                "make room in the state folder"),
                        full);
            }
        }
        closePipe();
        int exit = restic.awaitExit();
        finished = true;
        JsonNode summary = restic.summary();
        String snapshot = summary == null ? "" : summary.path("snapshot_id").asText("");
        long bytes =
                summary == null ? -1 : summary.path("total_bytes_processed").asLong(0);
        return new StreamReceipt(
                exit, snapshot, bytes, exit == 0 ? "" : restic.child().stderr());
    }

    /** Ends restic without a snapshot, and waits until it has gone and its lock with it. */
    @Override
    public void close() {
        if (!finished) {
            finished = true;
            if (method == CommitMethod.FORCED_END) {
                // Its input must stay open until it is gone: the end of file would be taken for a whole dump.
                restic.child().end(Duration.ofSeconds(2));
            }
            closePipe();
            if (restic.child().await(ABORT_GRACE).isEmpty()) {
                restic.child().end(ABORT_GRACE);
            }
        }
        restic.close();
    }

    private OutputStream openPipe() {
        try {
            String child = Files.readString(gate.resolve("number")).strip();
            // Not through a channel, which an interrupt of the writing thread would close.
            return new FileOutputStream(Path.of("/proc", child, "fd", "1").toFile());
        } catch (IOException unreachable) {
            RepositoryException failure = failure();
            failure.addSuppressed(unreachable);
            throw failure;
        }
    }

    private void closePipe() {
        if (method == CommitMethod.MARKER && pipe != null) {
            try {
                pipe.close();
            } catch (IOException neverForPipes) {
                throw new UncheckedIOException(neverForPipes);
            }
        }
        // What the child waits for; in the other way, the end of the dump.
        restic.child().closeStdin();
    }

    /**
     * What restic answered to a commit.
     *
     * @param exitCode restic's exit code
     * @param snapshot the id in its summary; may be set although the exit code is not 0, and must be forgotten then
     * @param bytes the bytes restic says it saved
     * @param stderr what it said if it failed
     */
    public record StreamReceipt(int exitCode, String snapshot, long bytes, String stderr) {}
}
