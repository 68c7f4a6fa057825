package dev.kamalbackup.restore;

import dev.kamalbackup.error.KamalBackupException;
import dev.kamalbackup.plan.LoadStep;
import dev.kamalbackup.process.Cancellation;
import dev.kamalbackup.process.ChildProcess;
import dev.kamalbackup.process.CommandOutput;
import dev.kamalbackup.process.ProcessLauncher;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A chain of programs at work. First everything but the end goes through it ({@link #fill}); the end is given when the
 * caller wants it ({@link #commit}). Closing it before that ends all programs, and nothing is committed.
 */
final class OpenLoad implements AutoCloseable {
    private static final Duration GRACE = Duration.ofSeconds(3);

    /** What a pipe of Linux holds (pipe(7)). */
    private static final int PIPE = 64 * 1024;

    private static final int BATCH = 4 * PIPE;

    /**
     * Pg_restore writes 4 KiB at a time. A reader that is woken for each of them costs more than all the rest; one that
     * looks away for a moment finds a full pipe. At this pace that is still some 250 MB a second.
     */
    private static final int FEW = PIPE / 4;

    private static final Duration PATIENCE = Duration.ofNanos(200_000);

    /** How much is held back: more than any program writes behind the statement that commits. */
    private static final int HELD = 1024;

    private final LoadStep.Chain chain;
    private final LoadInput input;
    private final ProcessLauncher launcher;
    private final Cancellation.Registration stop;
    private final List<ChildProcess> children = new CopyOnWriteArrayList<>();
    private final List<ChildProcess> ended = new CopyOnWriteArrayList<>();
    private final List<Thread> pumps = new ArrayList<>();
    private byte[] held = new byte[0];
    private volatile @Nullable KamalBackupException notWhole;

    OpenLoad(LoadStep.Chain chain, LoadInput input, ProcessLauncher launcher, Cancellation cancellation) {
        this.chain = chain;
        this.input = input;
        this.launcher = launcher;
        this.stop = cancellation.onCancel(this::endAll);
    }

    /**
     * Lets everything through but the last bytes, which the last program has not seen when this returns.
     *
     * @return what is wrong; empty if only the end is missing
     * @throws KamalBackupException if the input was not whole
     */
    Optional<String> fill() {
        int last = chain.programs().size() - 1;
        for (int i = 0; i < last; i++) {
            start(i);
            int at = i;
            pump("feed " + chain.programs().get(i).name(), () -> feed(at));
        }
        pump("feed " + chain.programs().get(last).name(), this::feedLast);
        Optional<String> late = awaitPumps();
        KamalBackupException cut = notWhole;
        if (cut != null) {
            throw cut;
        }
        // The last one is still at work, unless something is wrong.
        return late.or(() -> children.size() > last && children.get(last).hasEnded() ? flaws(last + 1) : flaws(last));
    }

    /** Gives the last bytes and the end; the answer is what is wrong with the outcome, or empty. */
    Optional<String> commit() {
        ChildProcess loader = children.get(children.size() - 1);
        try {
            loader.stdin().write(held);
        } catch (IOException hasGone) {
            // Why, its exit code and its own words tell.
            return flaws(children.size())
                    .or(() -> Optional.of("its input could not be written: " + hasGone.getMessage()));
        }
        loader.closeStdin();
        return flaws(children.size());
    }

    @Override
    public void close() {
        stop.close();
        children.forEach(ChildProcess::close);
        input.close();
    }

    /** Feeds a program that is not the last, and closes its input when all before it went well. */
    private void feed(int at) {
        ChildProcess consumer = children.get(at);
        try {
            copy(at, consumer.stdin());
            if (endedWell(at)) {
                consumer.closeStdin();
            } else {
                endAll();
            }
        } catch (IOException broken) {
            // Either side has ended; which one failed, the exit codes tell.
            endAll();
        }
    }

    /** A program that needs no more and ends well is no failure; what is left is still read, to know it was whole. */
    private void copy(int at, OutputStream to) throws IOException {
        byte[] chunk = new byte[BATCH];
        boolean wanted = true;
        for (int length = read(at, chunk); length >= 0; length = read(at, chunk)) {
            try {
                if (wanted) {
                    to.write(chunk, 0, length);
                }
            } catch (IOException hasEnded) {
                if (!children.get(at).await(GRACE).equals(OptionalInt.of(0))) {
                    throw hasEnded;
                }
                wanted = false;
            }
        }
    }

    /**
     * Starts the last program with the first bytes and keeps the last ones back. Programs write by a few kilobytes; handing
     * those on one by one would wake every program for each of them.
     */
    private void feedLast() {
        int at = chain.programs().size() - 1;
        LeadingLineFilter source = new LeadingLineFilter(chain.leaveOut(), into -> read(at, into));
        byte[] piece = new byte[PIPE];
        byte[] batch = new byte[BATCH];
        int kept = 0;
        try {
            for (int length = source.read(piece); length >= 0; length = source.read(piece)) {
                if (children.size() == at) {
                    start(at);
                }
                if (kept + length > batch.length) {
                    kept = release(children.get(at), batch, kept);
                }
                System.arraycopy(piece, 0, batch, kept, length);
                kept += length;
            }
            if (!endedWell(at)) {
                endAll();
                return;
            }
            if (children.size() == at) {
                start(at);
            }
            kept = release(children.get(at), batch, kept);
            held = Arrays.copyOf(batch, kept);
        } catch (IOException broken) {
            // Usually the loader has gone; its own exit code is the reason.
            children.get(children.size() - 1).await(GRACE);
            endAll();
        } catch (KamalBackupException notStarted) {
            notWhole = notStarted;
            endAll();
        }
    }

    /** Lets go of all but the last bytes; how many are kept, at the beginning of the batch. */
    private static int release(ChildProcess loader, byte[] batch, int length) throws IOException {
        int released = Math.max(0, length - HELD);
        loader.stdin().write(batch, 0, released);
        loader.stdin().flush();
        System.arraycopy(batch, released, batch, 0, length - released);
        return length - released;
    }

    private int read(int at, byte[] chunk) throws IOException {
        if (at == 0) {
            return input.read(chunk);
        }
        InputStream output = children.get(at - 1).stdout();
        int length = output.read(chunk);
        if (length >= 0 && length < FEW) {
            LockSupport.parkNanos(PATIENCE.toNanos());
        }
        return length;
    }

    /** Whether everything before this program was whole. */
    private boolean endedWell(int at) {
        if (at > 0) {
            return children.get(at - 1).await(chain.timeout()).equals(OptionalInt.of(0));
        }
        try {
            input.requireWhole();
            return true;
        } catch (KamalBackupException cut) {
            notWhole = cut;
            return false;
        }
    }

    private void start(int at) {
        ChildProcess child = launcher.start(chain.programs().get(at), line -> {});
        children.add(child);
        if (at == chain.programs().size() - 1) {
            thread("drain", () -> drain(child));
        }
    }

    private void pump(String name, Runnable work) {
        pumps.add(thread(name, work));
    }

    private static Thread thread(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private Optional<String> awaitPumps() {
        long until = System.nanoTime() + chain.timeout().toNanos();
        for (Thread pump : pumps) {
            try {
                pump.join(Math.max(1, (until - System.nanoTime()) / 1_000_000));
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
            if (pump.isAlive()) {
                String slow = children.stream()
                        .filter(child -> !child.hasEnded())
                        .findFirst()
                        .map(this::name)
                        .orElse(chain.name());
                endAll();
                return Optional.of(
                        slow + " did not end within " + chain.timeout().toSeconds() + " s");
            }
        }
        return Optional.empty();
    }

    /** What the first programs say of their end. Those that were ended here are not to blame if another is. */
    private Optional<String> flaws(int count) {
        List<String> flaws = new ArrayList<>();
        List<String> ofEnded = new ArrayList<>();
        for (ChildProcess child : children.subList(0, Math.min(count, children.size()))) {
            OptionalInt exit = child.await(chain.timeout());
            if (exit.isEmpty()) {
                endAll();
                return Optional.of(
                        name(child) + " did not end within " + chain.timeout().toSeconds() + " s");
            }
            if (exit.getAsInt() != 0) {
                String said = child.stderr();
                (ended.contains(child) ? ofEnded : flaws)
                        .add(name(child) + " " + CommandOutput.ending(exit.getAsInt())
                                + (said.isEmpty() ? "" : ": " + said));
            }
        }
        List<String> toBlame = flaws.isEmpty() ? ofEnded : flaws;
        return toBlame.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", toBlame));
    }

    private String name(ChildProcess child) {
        return chain.programs().get(children.indexOf(child)).name();
    }

    private void endAll() {
        for (ChildProcess child : children) {
            if (!child.hasEnded()) {
                ended.add(child);
                child.end(GRACE);
                // A program counts as ended when what it wrote was read or is not wanted.
                discard(child);
            }
        }
    }

    private static void discard(ChildProcess child) {
        try {
            child.stdout().close();
        } catch (IOException gone) {
            // It was ended, and nobody wants what it wrote.
            child.stderr();
        }
    }

    /** What the last program prints is of no use, but a full pipe would stop it. */
    private static void drain(ChildProcess last) {
        try (InputStream output = last.stdout()) {
            output.transferTo(OutputStream.nullOutputStream());
        } catch (IOException ended) {
            last.end(GRACE);
        }
    }
}
