package dev.kamalbackup.process;

import dev.kamalbackup.redact.RedactingText;
import dev.kamalbackup.redact.Redactor;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.commons.exec.ExecuteException;
import org.apache.commons.exec.ExecuteResultHandler;
import org.apache.commons.exec.ExecuteStreamHandler;
import org.jspecify.annotations.Nullable;

/** One program started through commons-exec: takes the streams it hands over and the result it reports. */
final class ExecChild implements ChildProcess, ExecuteStreamHandler, ExecuteResultHandler {
    private static final Duration PIPE_GRACE = Duration.ofSeconds(2);

    private final Redactor redactor;
    private final Consumer<String> stderrLines;
    private final String name;
    private final String mark;
    private final OutputTail tail = new OutputTail();
    private final CompletableFuture<Process> started = new CompletableFuture<>();
    private final CompletableFuture<Integer> ended = new CompletableFuture<>();
    private final CountDownLatch stdoutRead = new CountDownLatch(1);
    private final AtomicLong printed = new AtomicLong();
    private volatile @Nullable Process launching;
    private @Nullable OutputStream stdin;
    private @Nullable InputStream stdout;
    private @Nullable InputStream stderr;
    private @Nullable Thread stderrReader;

    /**
     * @param name the program's name, for threads and messages
     * @param mark what everything the program starts carries in its environment; see {@link ProcessTree}
     */
    ExecChild(String name, String mark, Redactor redactor, Consumer<String> stderrLines) {
        this.name = name;
        this.mark = mark;
        this.redactor = redactor;
        this.stderrLines = stderrLines;
    }

    /** Told by the launcher, on the thread that will wait for the process. */
    void launched(Process process) {
        launching = process;
    }

    /** Waits until the program runs; the exception is what kept it from starting. */
    void awaitStart() throws IOException {
        try {
            // Not to be interrupted: what is being started must be known, to be ended.
            started.join();
        } catch (CompletionException failed) {
            throw failed.getCause() instanceof IOException cause ? cause : new IOException(failed.getCause());
        }
    }

    // --- what commons-exec hands over, all of it on its own thread, before start() returns

    @Override
    public void setProcessInputStream(OutputStream os) {
        stdin = os;
    }

    @Override
    public void setProcessOutputStream(InputStream is) {
        stdout = new WatchedInput(is, stdoutRead, printed);
    }

    @Override
    public void setProcessErrorStream(InputStream is) {
        stderr = is;
    }

    @Override
    public void start() {
        InputStream source = present(stderr);
        Thread reader = new Thread(() -> readStderr(source), "stderr of " + name);
        reader.setDaemon(true);
        reader.start();
        stderrReader = reader;
        started.complete(present(launching));
    }

    /**
     * Called when the program has ended; its streams are closed on return, so all must be read by then. What the program
     * left behind may hold them open for ever, so that is ended.
     */
    @Override
    public void stop() throws IOException {
        try {
            while (!stdoutRead.await(PIPE_GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
                tree().endOrphans();
            }
            Thread reader = present(stderrReader);
            reader.join(PIPE_GRACE.toMillis());
            while (reader.isAlive()) {
                tree().endOrphans();
                reader.join(PIPE_GRACE.toMillis());
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void onProcessComplete(int exitValue) {
        ended.complete(exitValue);
    }

    /** Not only a program that did not start: commons-exec also fails when it cannot flush what nobody reads any more. */
    @Override
    public void onProcessFailed(ExecuteException e) {
        Process process = launching;
        if (process == null) {
            started.completeExceptionally(e.getCause() == null ? e : e.getCause());
            ended.complete(e.getExitValue());
        } else {
            ended.complete(process.onExit().join().exitValue());
        }
    }

    // --- what the rest of the library sees

    @Override
    public long pid() {
        return process().pid();
    }

    @Override
    public OutputStream stdin() {
        return present(stdin);
    }

    @Override
    public InputStream stdout() {
        return present(stdout);
    }

    @Override
    public String stderr() {
        return tail.text();
    }

    @Override
    public boolean hasEnded() {
        return ended.isDone();
    }

    @Override
    public Motion motion() {
        ProcessHandle root = process().toHandle();
        return new Motion(
                () -> Stream.concat(Stream.of(root), root.descendants())
                        .map(ProcessHandle::pid)
                        .toList(),
                printed::get);
    }

    @Override
    public OptionalInt await(Duration timeout) {
        try {
            return OptionalInt.of(ended.get(timeout.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException stillRunning) {
            return OptionalInt.empty();
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return OptionalInt.empty();
        }
    }

    @Override
    public void end(Duration grace) {
        if (!ended.isDone()) {
            tree().end(grace);
        }
    }

    @Override
    public void close() {
        end(Duration.ofMillis(500));
        // Whoever read standard output may have stopped half-way; commons-exec waits for it in stop().
        stdoutRead.countDown();
        closeStdin();
        await(Duration.ofSeconds(5));
    }

    private ProcessTree tree() {
        return new ProcessTree(process().toHandle(), mark);
    }

    private Process process() {
        return started.join();
    }

    private void readStderr(InputStream source) {
        RedactingText text = new RedactingText(redactor, line -> {
            tail.add(line);
            stderrLines.accept(line);
        });
        char[] chunk = new char[4096];
        try (Reader reader = new InputStreamReader(source, StandardCharsets.UTF_8)) {
            for (int read = reader.read(chunk); read >= 0; read = reader.read(chunk)) {
                text.append(new String(chunk, 0, read));
            }
        } catch (IOException lost) {
            tail.add("(standard error could not be read to its end: " + lost.getMessage() + ")");
        }
        text.end();
    }

    private static <T> T present(@Nullable T value) {
        if (value == null) {
            throw new IllegalStateException("the program has not been started");
        }
        return value;
    }

    /** Counts, and tells when its reader has met the end or has closed it. */
    private static final class WatchedInput extends FilterInputStream {
        private final CountDownLatch done;
        private final AtomicLong total;

        WatchedInput(InputStream in, CountDownLatch done, AtomicLong total) {
            super(in);
            this.done = done;
            this.total = total;
        }

        @Override
        public int read() throws IOException {
            int result = super.read();
            watch(Math.min(result, 1));
            return result;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            return watch(super.read(bytes, offset, length));
        }

        @Override
        public void close() throws IOException {
            done.countDown();
            super.close();
        }

        private int watch(int result) {
            if (result < 0) {
                done.countDown();
            }
            total.addAndGet(Math.max(0, result));
            return result;
        }
    }
}
