package dev.kamalbackup.testing;

import dev.kamalbackup.plan.CommandStep;
import dev.kamalbackup.plan.DumpPlan;
import dev.kamalbackup.plan.DumpSource;
import dev.kamalbackup.plan.LoadStep;
import dev.kamalbackup.plan.RestorePlan;
import dev.kamalbackup.plan.RowCount;
import dev.kamalbackup.process.Command;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Looks through an adapter's plans. */
public final class Plans {
    private Plans() {}

    /** Every step. */
    public static List<CommandStep> steps(DumpPlan dump) {
        return Stream.concat(dump.prepare().stream(), dump.alongside().stream()).toList();
    }

    /** Every step that is a single program. */
    public static List<CommandStep> steps(RestorePlan restore) {
        List<CommandStep> steps = new ArrayList<>(restore.preflight());
        for (LoadStep load : restore.load()) {
            if (load instanceof LoadStep.Run run) {
                steps.add(run.step());
            }
        }
        steps.addAll(restore.verify());
        return steps;
    }

    /** Every program that is started. */
    public static List<Command> commands(DumpPlan plan) {
        List<Command> commands =
                new ArrayList<>(steps(plan).stream().map(CommandStep::command).toList());
        if (plan.source() instanceof DumpSource.Programs dumpers) {
            commands.addAll(dumpers.commands());
        }
        if (plan.rows() instanceof RowCount.Beside beside) {
            commands.addAll(beside.commands());
        } else if (plan.rows() instanceof RowCount.InView inView) {
            commands.add(inView.session());
        }
        return commands;
    }

    /** Every program that is started. */
    public static List<Command> commands(RestorePlan plan) {
        List<Command> commands =
                new ArrayList<>(steps(plan).stream().map(CommandStep::command).toList());
        for (LoadStep load : plan.load()) {
            if (load instanceof LoadStep.Chain chain) {
                commands.addAll(chain.programs());
            }
        }
        return commands;
    }
}
