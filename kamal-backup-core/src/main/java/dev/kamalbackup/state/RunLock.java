package dev.kamalbackup.state;

import dev.kamalbackup.error.BusyException;
import dev.kamalbackup.error.Fault;
import dev.kamalbackup.error.StateException;
import dev.kamalbackup.tag.RunId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One run at a time for a state folder, whoever starts it. The operating system holds the lock and drops it with the
 * process, so that a killed run blocks nobody; the file's text only tells who has it.
 */
public final class RunLock implements AutoCloseable {
    /**
     * The state folders that this process has locked, and what for; guarded by itself. It belongs to the process as the locks
     * do: whoever closes any descriptor of a file gives back every lock that the process has on it (POSIX, fcntl), so one
     * that is locked must not even be opened a second time, whichever library instance asks.
     */
    private static final Map<Path, String> HELD = new HashMap<>();

    private final Path folder;
    private final FileChannel channel;
    private final String purpose;
    private final Optional<RunId> lastRun;

    private RunLock(Path folder, FileChannel channel, String purpose, Optional<RunId> lastRun) {
        this.folder = folder;
        this.channel = channel;
        this.purpose = purpose;
        this.lastRun = lastRun;
    }

    /**
     * Takes the lock, and records what died while it had the lock.
     *
     * @param verb what for; shown to whoever comes second
     * @param warning told of what died
     * @throws BusyException if another process, or another run of this one, has it
     * @throws StateException if the state folder cannot be used
     */
    public static RunLock acquire(StateFolder state, String verb, Clock clock, Consumer<String> warning) {
        RunLock lock = take(state, verb + " started at " + clock.instant());
        try {
            new DeadWork(state, clock, warning).record();
            return lock;
        } catch (StateException failed) {
            lock.close();
            throw failed;
        }
    }

    private static RunLock take(StateFolder state, String purpose) {
        Path file = state.path().resolve("run.lock");
        synchronized (HELD) {
            try {
                Path folder = state.path().toRealPath();
                String owner = HELD.get(folder);
                if (owner != null) {
                    throw busy(state, owner);
                }
                FileChannel channel = FileChannel.open(
                        file,
                        Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
                        AtomicFile.OWNER_ONLY);
                try {
                    return take(state, folder, channel, purpose);
                } catch (IOException | RuntimeException notTaken) {
                    channel.close();
                    throw notTaken;
                }
            } catch (IOException failed) {
                throw StateFolder.failed("take the run lock", file, failed);
            }
        }
    }

    private static RunLock take(StateFolder state, Path folder, FileChannel channel, String purpose)
            throws IOException {
        if (tryLock(channel) == null) {
            throw busy(state, read(channel));
        }
        Matcher run = Pattern.compile("run (\\S+),").matcher(read(channel));
        RunLock lock = new RunLock(folder, channel, purpose, run.find() ? RunId.parse(run.group(1)) : Optional.empty());
        lock.tell("");
        return lock;
    }

    private static BusyException busy(StateFolder state, String owner) {
        return new BusyException(new Fault(
                "start a run",
                state.path().toString(),
                "another one is under way" + (owner.isBlank() ? "" : " (" + owner.strip() + ")"),
                "wait until it has ended"));
    }

    /**
     * Who has the lock of a state folder; empty if nobody.
     *
     * @throws StateException if the lock cannot be looked at
     */
    public static Optional<String> holder(StateFolder state) {
        Path file = state.path().resolve("run.lock");
        if (!Files.isReadable(file)) {
            return Optional.empty();
        }
        synchronized (HELD) {
            try {
                String owner = HELD.get(state.path().toRealPath());
                return owner == null ? holderElsewhere(file) : Optional.of(owner.strip());
            } catch (IOException failed) {
                throw StateFolder.failed("look at the run lock", file, failed);
            }
        }
    }

    private static Optional<String> holderElsewhere(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
                FileLock shared = channel.tryLock(0, Long.MAX_VALUE, true)) {
            return shared == null ? Optional.of(read(channel).strip()) : Optional.empty();
        } catch (OverlappingFileLockException heldByAnotherClassLoader) {
            return Optional.of("this process");
        }
    }

    /** The id of the run that had the lock last. */
    public Optional<RunId> lastRun() {
        return lastRun;
    }

    /** Notes which run has the lock now. */
    public void useFor(RunId run) {
        try {
            tell("run " + run + ", ");
        } catch (IOException failed) {
            throw StateFolder.failed("note the run in the run lock", Path.of("run.lock"), failed);
        }
    }

    private void tell(String run) throws IOException {
        String text = run + purpose + ", process " + ProcessHandle.current().pid() + "\n";
        channel.truncate(0);
        channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), 0);
        synchronized (HELD) {
            HELD.put(folder, text);
        }
    }

    @Override
    public void close() {
        synchronized (HELD) {
            if (channel.isOpen()) {
                HELD.remove(folder);
            }
            try {
                channel.close();
            } catch (IOException failed) {
                throw new java.io.UncheckedIOException("the run lock could not be given back", failed);
            }
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException heldByAnotherClassLoader) {
            return null;
        }
    }

    private static String read(FileChannel channel) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(200);
        channel.read(buffer, 0);
        return new String(buffer.array(), 0, buffer.position(), StandardCharsets.UTF_8);
    }
}
