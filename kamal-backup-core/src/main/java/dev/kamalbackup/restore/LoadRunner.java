package dev.kamalbackup.restore;

import dev.kamalbackup.error.Fault;
import dev.kamalbackup.error.RestoreException;
import dev.kamalbackup.plan.LoadStep;
import dev.kamalbackup.process.Cancellation;
import dev.kamalbackup.process.ProcessLauncher;
import dev.kamalbackup.run.StepRunner;
import java.io.IOException;
import java.util.Optional;

/** Carries out the steps of a restore that change a database. */
public final class LoadRunner {
    private final ProcessLauncher launcher;

    public LoadRunner(ProcessLauncher launcher) {
        this.launcher = launcher;
    }

    /** Runs one step; the answer is what is wrong with its outcome, or empty. */
    public Optional<String> run(LoadStep step, Cancellation cancellation) {
        if (step instanceof LoadStep.Run single) {
            return new StepRunner(launcher).run(single.step(), cancellation);
        }
        LoadStep.Chain chain = (LoadStep.Chain) step;
        try (OpenLoad load = new OpenLoad(chain, LoadInput.of(chain.input()), launcher, cancellation)) {
            Optional<String> flaw = load.fill();
            if (flaw.isEmpty()) {
                flaw = load.commit();
            }
            cancellation.throwIfCancelled(chain.name(), chain.input().toString());
            return flaw;
        } catch (IOException unreadable) {
            throw new RestoreException(
                    new Fault(
                            chain.name(),
                            chain.input().toString(),
                            "the fetched dump cannot be read: " + unreadable.getMessage(),
                            "see whether the disk of the state folder is well"),
                    unreadable);
        }
    }
}
