package dev.kamalbackup.restic;

import dev.kamalbackup.plan.DumpMeter;
import dev.kamalbackup.plan.DumpSample;
import dev.kamalbackup.process.Cancellation;
import dev.kamalbackup.process.ChildProcess;
import dev.kamalbackup.process.Command;
import dev.kamalbackup.process.ProcessLauncher;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicLong;

/** A dump on its way out of a snapshot. Restic's exit code decides whether it was whole, never the end of the bytes. */
public final class DumpReading implements AutoCloseable {
    private static final Duration GRACE = Duration.ofSeconds(3);

    private final ChildProcess restic;
    private final ResticProcess.Task task;
    private final Cancellation cancellation;
    private final Cancellation.Registration stop;
    private final Standstill standstill;
    private final DumpMeter meter = new DumpMeter();
    private final AtomicLong reads = new AtomicLong();
    private volatile boolean waiting;
    private volatile boolean stalled;
    private volatile boolean closed;

    DumpReading(ProcessLauncher launcher, Command command, ResticProcess.Task task, Cancellation cancellation) {
        cancellation.throwIfCancelled(task.operation(), task.repository());
        this.task = task;
        this.cancellation = cancellation;
        this.restic = launcher.start(command, line -> {});
        this.stop = cancellation.onCancel(() -> restic.end(GRACE));
        restic.closeStdin();
        // A lock is waited for in silence.
        this.standstill = new Standstill(restic.motion(), task.stallTimeout().plus(task.lockWait()));
        Thread watch = new Thread(this::watch, "dump watch");
        watch.setDaemon(true);
        watch.start();
    }

    /** Only while somebody waits for bytes: a database may take its time over those it has, and restic then rests, too. */
    private void watch() {
        while (!closed && restic.await(standstill.interval()).isEmpty()) {
            if (!waiting) {
                standstill.over();
            } else if (standstill.isTooLong(reads.get())) {
                stalled = true;
                restic.end(GRACE);
            }
        }
    }

    /** Reads the next bytes into the chunk; -1 at their end, which is not to be read past. */
    public int read(byte[] chunk) throws IOException {
        InputStream bytes = restic.stdout();
        waiting = true;
        int length = bytes.read(chunk);
        waiting = false;
        reads.incrementAndGet();
        meter.accept(chunk, Math.max(0, length));
        return length;
    }

    /**
     * To be called at the end of the bytes: that they were all, and what they were.
     *
     * @throws dev.kamalbackup.error.RepositoryException if restic failed
     */
    public DumpFetch whole() {
        OptionalInt exit = restic.await(task.openTimeout());
        cancellation.throwIfCancelled(task.operation(), task.repository());
        if (stalled) {
            throw ResticFailure.stalled(task.operation(), task.repository(), standstill.reason(), restic.stderr());
        }
        if (exit.orElse(1) != 0) {
            throw ResticFailure.of(task.operation(), task.repository(), exit.orElse(1), restic.stderr());
        }
        DumpSample sample = meter.sample();
        return new DumpFetch(meter.bytes(), sample);
    }

    @Override
    public void close() {
        closed = true;
        stop.close();
        restic.close();
    }
}
