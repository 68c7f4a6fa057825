package dev.kamalbackup.run;

import dev.kamalbackup.config.BackupSettings;
import dev.kamalbackup.error.DumpException;
import dev.kamalbackup.error.Fault;
import dev.kamalbackup.error.KamalBackupException;
import dev.kamalbackup.error.RepositoryException;
import dev.kamalbackup.event.BackupListener;
import dev.kamalbackup.plan.CommandStep;
import dev.kamalbackup.plan.DumpHash;
import dev.kamalbackup.plan.DumpMeter;
import dev.kamalbackup.plan.DumpPlan;
import dev.kamalbackup.plan.Part;
import dev.kamalbackup.process.Cancellation;
import dev.kamalbackup.process.ProcessLauncher;
import dev.kamalbackup.restic.Restic;
import dev.kamalbackup.restic.StreamBackup;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Lets a dump through to restic, and gives restic the end of it only when it is proven whole: the dumper ended well, the
 * checks beside it passed, the bytes judge complete. In every other case restic saves nothing.
 */
final class DumpGate {
    private static final int CHUNK = 256 * 1024;

    private final Restic restic;
    private final ProcessLauncher launcher;
    private final BackupSettings limits;
    private final ShrinkGuard shrinkGuard;
    private final BackupListener listener;

    DumpGate(
            Restic restic,
            ProcessLauncher launcher,
            BackupSettings limits,
            ShrinkGuard shrinkGuard,
            BackupListener listener) {
        this.restic = restic;
        this.launcher = launcher;
        this.limits = limits;
        this.shrinkGuard = shrinkGuard;
        this.listener = listener;
    }

    /**
     * Saves one database.
     *
     * @param scratch the private folder this part's plan was made for
     * @throws DumpException if the database side fails
     * @throws RepositoryException if restic fails
     */
    PartOutcome.Saved pass(Part.DatabasePart part, String host, Path scratch, Cancellation cancellation) {
        Path gate = ScratchFolders.createPrivate(scratch.resolve("gate"));
        Cancellation work = new Cancellation();
        try (Cancellation.Registration outer = cancellation.passOnTo(work);
                RowCounting rows = new RowCounting(part.dump().rows(), launcher, work);
                StreamBackup sink =
                        restic.openStream(part.label(), host, part.tags(), part.path(), gate, cancellation);
                SideWork prepare = new SideWork("prepare " + part.label(), work)) {
            // The copy of a database and the opening of the repository take their time side by side. If the repository
            // does not open, the copy is ended; a dumper that streams is not even started.
            prepare.start(() -> runAll(part, part.dump().prepare(), work));
            sink.awaitOpen();
            prepare.await();
            PartOutcome.Saved saved = transfer(part, rows, sink, work, cancellation);
            return saved.with(rows.result());
        }
    }

    private PartOutcome.Saved transfer(
            Part.DatabasePart part, RowCounting rows, StreamBackup sink, Cancellation work, Cancellation cancellation) {
        DumpPlan plan = part.dump();
        DumpMeter meter = new DumpMeter();
        DumpHash hash = new DumpHash();
        try (SideWork alongside = new SideWork("check " + part.label(), work);
                SideWork before = new SideWork("ask for the last dumps", work);
                DumpStream source = rows.open(plan.source())) {
            alongside.start(() -> runAll(part, plan.alongside(), work));
            before.start(() -> shrinkGuard.ask(work));
            pump(part, source, sink, meter, hash, cancellation);
            cancellation.throwIfCancelled(operation(part), plan.location());
            require(part, source.flaw(), "see what " + source.producer() + " says; no snapshot was made");
            alongside.await();
            before.await();
            require(part, emptiness(source, meter), "see why the dump is empty; no snapshot was made");
            require(
                    part,
                    plan.proof()
                            .flaw(meter.sample())
                            .map(flaw -> source.producer() + ": the dump is not whole: " + flaw),
                    "run it again; no snapshot was made");
            require(
                    part,
                    shrinkGuard.flaw(part.label(), meter.bytes()),
                    "see whether this is the right database and its data are there; if so: kamal-backup backup"
                            + " --accept-shrink; no snapshot was made");
        } catch (IOException unopened) {
            throw new DumpException(
                    new Fault(
                            operation(part), plan.location(), "the dump cannot be read: " + unopened.getMessage(), ""),
                    unopened);
        }
        cancellation.throwIfCancelled(operation(part), plan.location());
        return commit(part, sink, meter, hash);
    }

    /** Moves every byte, and blames the side that failed. */
    private void pump(
            Part.DatabasePart part,
            DumpStream source,
            StreamBackup sink,
            DumpMeter meter,
            DumpHash hash,
            Cancellation cancellation) {
        byte[] chunk = new byte[CHUNK];
        try (StallWatch watch = new StallWatch(
                limits.dumpTimeout(), limits.stallTimeout(), source::end, sink::end, sink::hasEnded, sink.motion())) {
            int length = CHUNK;
            // A chunk that is not full is the last: what has ended may not be read again.
            while (length == CHUNK) {
                length = fill(part, source, sink, chunk, watch);
                cancellation.throwIfCancelled(operation(part), part.dump().location());
                meter.accept(chunk, length);
                hash.accept(chunk, length);
                watch.waitingFor(StallWatch.Side.CONSUMER);
                write(part, source, sink, chunk, length, watch);
                listener.progress(part.label(), meter.bytes());
            }
        }
    }

    /** Dumpers write by a few kilobytes; handing those on one by one would cost more than all the rest. */
    private int fill(Part.DatabasePart part, DumpStream source, StreamBackup sink, byte[] chunk, StallWatch watch) {
        int length = 0;
        int read = 0;
        while (read >= 0 && length < chunk.length) {
            watch.waitingFor(StallWatch.Side.PRODUCER);
            read = read(part, source, sink, chunk, length, watch);
            blame(part, source, sink, watch);
            length += Math.max(0, read);
        }
        return length;
    }

    private int read(
            Part.DatabasePart part, DumpStream source, StreamBackup sink, byte[] chunk, int from, StallWatch watch) {
        try {
            return source.bytes().read(chunk, from, chunk.length - from);
        } catch (IOException broken) {
            blame(part, source, sink, watch);
            throw new DumpException(
                    new Fault(
                            operation(part),
                            part.dump().location(),
                            source.producer() + " could not be read: " + broken.getMessage(),
                            "no snapshot was made"),
                    broken);
        }
    }

    private static void write(
            Part.DatabasePart part, DumpStream source, StreamBackup sink, byte[] chunk, int length, StallWatch watch) {
        try {
            sink.sink().write(chunk, 0, length);
        } catch (IOException brokenPipe) {
            blame(part, source, sink, watch);
            // Restic has gone: its own exit code and words are the reason, the pipe only shows it.
            RepositoryException failure = sink.failure();
            failure.addSuppressed(brokenPipe);
            throw failure;
        }
    }

    private static void blame(Part.DatabasePart part, DumpStream source, StreamBackup sink, StallWatch watch) {
        StallWatch.Verdict verdict = watch.verdict();
        if (verdict != null && verdict.side() == StallWatch.Side.CONSUMER) {
            throw verdict.ended() ? sink.failure() : sink.stalled(verdict.reason());
        }
        if (verdict != null) {
            String said = source.flaw().map(flaw -> "; then " + flaw).orElse("");
            throw new DumpException(new Fault(
                    operation(part),
                    part.dump().location(),
                    source.producer() + " was ended: " + verdict.reason() + said,
                    "see what the database waits for; backup.stall_timeout and backup.dump_timeout set the limits"));
        }
    }

    private PartOutcome.Saved commit(Part.DatabasePart part, StreamBackup sink, DumpMeter meter, DumpHash hash) {
        StreamBackup.StreamReceipt receipt = sink.commit();
        if (receipt.exitCode() == 0 && !receipt.snapshot().isEmpty() && receipt.bytes() == meter.bytes()) {
            return new PartOutcome.Saved(
                    part.label(), part.adapter(), receipt.snapshot(), meter.bytes(), hash.hex(), List.of());
        }
        RepositoryException failure = receipt.exitCode() == 0
                ? new RepositoryException(
                        RepositoryException.Kind.FAILED,
                        new Fault(
                                "save " + part.label(),
                                restic.repository(),
                                "restic says it saved " + receipt.bytes() + " bytes of " + meter.bytes(),
                                "run it again; the snapshot was forgotten"))
                : restic.failure("save " + part.label(), receipt.exitCode(), receipt.stderr());
        forgetDoubtful(receipt.snapshot(), failure);
        throw failure;
    }

    /** A snapshot that restic made although it failed must not be left to be taken for a good one. */
    private void forgetDoubtful(String snapshot, KamalBackupException failure) {
        if (snapshot.isEmpty()) {
            return;
        }
        try {
            restic.forget(List.of(snapshot), new Cancellation());
        } catch (RepositoryException notForgotten) {
            failure.addSuppressed(notForgotten);
        }
    }

    private void runAll(Part.DatabasePart part, List<CommandStep> steps, Cancellation cancellation) {
        StepRunner runner = new StepRunner(launcher);
        for (CommandStep step : steps) {
            Optional<String> flaw = runner.run(step, cancellation);
            if (flaw.isPresent()) {
                throw new DumpException(new Fault(
                        operation(part),
                        part.dump().location(),
                        "could not " + step.name() + ": " + flaw.get(),
                        step.hint()));
            }
        }
    }

    private static Optional<String> emptiness(DumpStream source, DumpMeter meter) {
        return meter.bytes() == 0 ? Optional.of(source.producer() + " wrote nothing") : Optional.empty();
    }

    private static void require(Part.DatabasePart part, Optional<String> flaw, String hint) {
        if (flaw.isPresent()) {
            throw new DumpException(new Fault(operation(part), part.dump().location(), flaw.get(), hint));
        }
    }

    private static String operation(Part part) {
        return "back up " + part.label();
    }
}
