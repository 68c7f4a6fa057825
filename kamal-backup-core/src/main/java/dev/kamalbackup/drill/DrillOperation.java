package dev.kamalbackup.drill;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kamalbackup.catalog.RunCatalog;
import dev.kamalbackup.error.CancelledException;
import dev.kamalbackup.error.Fault;
import dev.kamalbackup.error.RestoreException;
import dev.kamalbackup.error.StateException;
import dev.kamalbackup.process.Cancellation;
import dev.kamalbackup.restore.Consent;
import dev.kamalbackup.restore.Equipment;
import dev.kamalbackup.state.RunLock;
import java.util.function.Function;
import java.util.function.Supplier;

/** Drills a restore: plans, asks, restores, looks, clears away, and records whatever became of it. */
public final class DrillOperation {
    private final Equipment equipment;

    public DrillOperation(Equipment equipment) {
        this.equipment = equipment;
    }

    /**
     * What a drill would restore where; changes nothing.
     *
     * @throws RestoreException if there is no such run, or a target must not be used for a drill
     */
    public DrillTask plan(Supplier<RunCatalog> catalog, DrillRequest request, Cancellation cancellation) {
        return new DrillPlanner(equipment).plan(catalog, request, cancellation);
    }

    /**
     * Drills. A failure is in the result, not thrown.
     *
     * @param consent asked when the plan is known and before anything is done
     * @param document turns a result into its record
     * @throws RestoreException if consent is not given
     * @throws CancelledException if it was interrupted; that is recorded, too
     * @throws StateException if what came of it cannot be recorded
     */
    public DrillResult drill(
            Supplier<RunCatalog> catalog,
            DrillRequest request,
            Consent<DrillTask> consent,
            Function<DrillResult, ObjectNode> document,
            Cancellation cancellation) {
        DrillRun run = new DrillRun(equipment, request);
        try {
            run.planned(plan(catalog, request, cancellation));
        } catch (RuntimeException failed) {
            run.failed(failed);
        }
        if (run.task().isPresent() && !consent.isGivenTo(run.task().get())) {
            throw new RestoreException(
                    new Fault("drill", "", "aborted, since it was not agreed to; nothing was done", ""));
        }
        equipment.state().prepare();
        try (RunLock lock =
                RunLock.acquire(equipment.state(), "drill", equipment.clock(), equipment.listener()::warning)) {
            equipment.state().journal().begin(DrillRecord.begun(run.startedAt(), request, run.task()));
            run.carryOut(lock, cancellation);
            DrillResult result = run.result();
            if (run.interruption().isEmpty()) {
                // What is due counts from here: a drill that was interrupted has shown nothing, and is made up for.
                equipment.state().writeLastDrill(document.apply(result), request.scheduledFor());
            }
            String outcome = run.interruption().isPresent()
                    ? "interrupted"
                    : result.outcome().word();
            equipment.state().history().append(DrillRecord.of(result, outcome));
            equipment.state().journal().endWork();
            run.interruption().ifPresent(interrupted -> {
                throw interrupted;
            });
            return result;
        }
    }
}
