package dev.kamalbackup.drill;

import dev.kamalbackup.config.DatabaseSettings;
import dev.kamalbackup.plan.ScratchPlan;
import dev.kamalbackup.restore.RestoreTask;
import java.util.List;
import java.util.Map;

/**
 * A drill as data: what is printed before anything happens, and then carried out.
 *
 * @param request what was asked for
 * @param restore what is restored where
 * @param databases settings that lead to the databases which are restored into
 * @param scratch how the scratch databases are made and removed, by the name of the database each is for; none on a
 *     development machine
 */
public record DrillTask(
        DrillRequest request, RestoreTask restore, List<DatabaseSettings> databases, Map<String, ScratchPlan> scratch) {
    public DrillTask {
        databases = List.copyOf(databases);
        scratch = Map.copyOf(scratch);
    }
}
