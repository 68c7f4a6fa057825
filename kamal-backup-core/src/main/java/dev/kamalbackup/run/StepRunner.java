package dev.kamalbackup.run;

import dev.kamalbackup.plan.CommandStep;
import dev.kamalbackup.process.Cancellation;
import dev.kamalbackup.process.CommandOutput;
import dev.kamalbackup.process.ProcessLauncher;
import java.util.Optional;

/** Runs single steps of a plan to their end and says what is wrong with the outcome. */
public final class StepRunner {
    private final ProcessLauncher launcher;

    public StepRunner(ProcessLauncher launcher) {
        this.launcher = launcher;
    }

    /**
     * Runs the step; the answer is what is wrong with its outcome, or empty.
     *
     * @throws dev.kamalbackup.error.ToolException if the program is missing or does not end in time
     * @throws dev.kamalbackup.error.CancelledException if stopping was asked for
     */
    public Optional<String> run(CommandStep step, Cancellation cancellation) {
        CommandOutput output = launcher.run(step.command(), step.timeout(), cancellation);
        return step.flaw(output.exitCode(), output.stdout(), output.stderr());
    }
}
