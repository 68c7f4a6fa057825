package dev.kamalbackup.testing;

import dev.kamalbackup.error.DumpException;
import dev.kamalbackup.error.Fault;
import dev.kamalbackup.error.RestoreException;
import dev.kamalbackup.plan.CommandStep;
import dev.kamalbackup.plan.DumpMeter;
import dev.kamalbackup.plan.DumpPlan;
import dev.kamalbackup.plan.DumpProof;
import dev.kamalbackup.plan.DumpSample;
import dev.kamalbackup.plan.DumpSource;
import dev.kamalbackup.plan.LoadStep;
import dev.kamalbackup.plan.RestorePlan;
import dev.kamalbackup.process.Cancellation;
import dev.kamalbackup.process.ChildProcess;
import dev.kamalbackup.process.Command;
import dev.kamalbackup.process.ProcessLauncher;
import dev.kamalbackup.restore.DumpScanner;
import dev.kamalbackup.restore.LoadRunner;
import dev.kamalbackup.run.StepRunner;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/** Carries out an adapter's plans with a file in the place of the repository, and fails where the library would. */
public final class PlanExecutor {
    private static final Duration LONGEST = Duration.ofMinutes(5);

    private final ProcessLauncher launcher;
    private final StepRunner steps;

    public PlanExecutor(ProcessLauncher launcher) {
        this.launcher = launcher;
        this.steps = new StepRunner(launcher);
    }

    /**
     * Dumps into a file; the scratch folder is made first.
     *
     * @throws DumpException if a step fails or the bytes do not prove complete
     */
    public void dump(DumpPlan plan, Path scratch, Path into) throws IOException {
        Files.createDirectories(scratch);
        plan.prepare().forEach(step -> requireDump(plan, flaw(step)));
        if (plan.source() instanceof DumpSource.Programs dumpers) {
            Files.createFile(into);
            for (Command command : dumpers.commands()) {
                try (ChildProcess dumper = launcher.start(command, line -> {});
                        OutputStream out = Files.newOutputStream(into, StandardOpenOption.APPEND)) {
                    dumper.closeStdin();
                    dumper.stdout().transferTo(out);
                    dumper.stdout().close();
                    requireDump(plan, exitFlaw(dumper, command));
                }
            }
        } else if (plan.source() instanceof DumpSource.ScratchFile file) {
            Files.copy(file.file(), into);
        }
        plan.alongside().forEach(step -> requireDump(plan, flaw(step)));
        requireDump(plan, proofFlaw(plan.proof(), into));
    }

    /**
     * Restores from a file.
     *
     * @throws RestoreException if the dump does not prove complete or a step fails
     */
    public void restore(RestorePlan plan, Path dump) throws IOException {
        fetch(plan, dump);
        requireRestore(plan, proofFlaw(plan.proof(), plan.dump()));
        requireRestore(plan, DumpScanner.flaw(plan.scan(), plan.dump()));
        plan.preflight().forEach(step -> requireRestore(plan, flaw(step)));
        for (LoadStep load : plan.load()) {
            if (load instanceof LoadStep.Run run) {
                requireRestore(plan, flaw(run.step()));
            } else if (load instanceof LoadStep.Chain chain) {
                requireRestore(
                        plan,
                        new LoadRunner(launcher)
                                .run(chain, new Cancellation())
                                .map(flaw -> "could not " + chain.name() + ": " + flaw + "\n" + chain.hint()));
            }
        }
        plan.verify().forEach(step -> requireRestore(plan, flaw(step)));
    }

    /** Puts the dump where the plan wants it. */
    public void fetch(RestorePlan plan, Path dump) throws IOException {
        Path folder = plan.dump().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        Files.deleteIfExists(plan.dump());
        Files.copy(dump, plan.dump());
    }

    /** What the meter of a real run would say of this file. */
    public static DumpSample sample(Path file) throws IOException {
        DumpMeter meter = new DumpMeter();
        byte[] chunk = new byte[1 << 16];
        try (InputStream bytes = Files.newInputStream(file)) {
            for (int read = bytes.read(chunk); read >= 0; read = bytes.read(chunk)) {
                meter.accept(chunk, read);
            }
        }
        return meter.sample();
    }

    /** What is wrong with the outcome of one step, with its name and its hint; empty if it is as expected. */
    public Optional<String> flaw(CommandStep step) {
        return steps.run(step, new Cancellation())
                .map(flaw -> "could not " + step.name() + ": " + flaw + "\n" + step.hint());
    }

    private static Optional<String> exitFlaw(ChildProcess child, Command command) {
        OptionalInt exit = child.await(LONGEST);
        if (exit.isPresent() && exit.getAsInt() == 0) {
            return Optional.empty();
        }
        return Optional.of(command.name() + " ended with " + exit + ": " + child.stderr());
    }

    private static Optional<String> proofFlaw(DumpProof proof, Path file) throws IOException {
        return proof.flaw(sample(file)).map(flaw -> "the dump is not whole: " + flaw);
    }

    private static void requireDump(DumpPlan plan, Optional<String> flaw) {
        if (flaw.isPresent()) {
            throw new DumpException(new Fault("dump", plan.location(), flaw.get(), ""));
        }
    }

    private static void requireRestore(RestorePlan plan, Optional<String> flaw) {
        if (flaw.isPresent()) {
            throw new RestoreException(new Fault("restore", plan.location(), flaw.get(), ""));
        }
    }
}
