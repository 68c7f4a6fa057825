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

/** A dump on its way out of a snapshot. Restic's exit code decides whether it was whole, never the end of the bytes. */
public final class DumpReading implements AutoCloseable {
    private static final Duration GRACE = Duration.ofSeconds(3);

    private final ChildProcess restic;
    private final ResticProcess.Task task;
    private final Cancellation cancellation;
    private final Cancellation.Registration stop;
    private final DumpMeter meter = new DumpMeter();

    DumpReading(ProcessLauncher launcher, Command command, ResticProcess.Task task, Cancellation cancellation) {
        cancellation.throwIfCancelled(task.operation(), task.repository());
        this.task = task;
        this.cancellation = cancellation;
        this.restic = launcher.start(command, line -> {});
        this.stop = cancellation.onCancel(() -> restic.end(GRACE));
        restic.closeStdin();
    }

    /** Reads the next bytes into the chunk; -1 at their end, which is not to be read past. */
    public int read(byte[] chunk) throws IOException {
        InputStream bytes = restic.stdout();
        int length = bytes.read(chunk);
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
        if (exit.orElse(1) != 0) {
            throw ResticFailure.of(task.operation(), task.repository(), exit.orElse(1), restic.stderr());
        }
        DumpSample sample = meter.sample();
        return new DumpFetch(meter.bytes(), sample);
    }

    @Override
    public void close() {
        stop.close();
        restic.close();
    }
}
