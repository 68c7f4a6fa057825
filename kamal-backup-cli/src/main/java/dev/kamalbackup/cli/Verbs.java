package dev.kamalbackup.cli;

import dev.kamalbackup.KamalBackup;
import dev.kamalbackup.catalog.RecordedRun;
import dev.kamalbackup.catalog.RunChoice;
import dev.kamalbackup.diagnosis.Finding;
import dev.kamalbackup.drill.DrillRequest;
import dev.kamalbackup.drill.DrillResult;
import dev.kamalbackup.drill.DrillTask;
import dev.kamalbackup.evidence.Evidence;
import dev.kamalbackup.plan.RunPlan;
import dev.kamalbackup.restore.Consent;
import dev.kamalbackup.restore.DumpExtraction;
import dev.kamalbackup.restore.RestoreRequest;
import dev.kamalbackup.restore.RestoreResult;
import dev.kamalbackup.restore.RestoreTask;
import dev.kamalbackup.retention.PrunePlan;
import dev.kamalbackup.retention.PruneResult;
import dev.kamalbackup.run.BackupAnswer;
import dev.kamalbackup.run.BackupRequest;
import dev.kamalbackup.state.HistoryProof;
import dev.kamalbackup.status.Status;
import dev.kamalbackup.upkeep.CheckResult;
import dev.kamalbackup.upkeep.LockFinding;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;

/** What the commands ask of the library; the methods are those of {@link KamalBackup}. */
interface Verbs extends AutoCloseable {
    RunPlan plan();

    BackupAnswer backup(BackupRequest request);

    List<RecordedRun> list();

    RestoreTask planRestore(RestoreRequest request);

    RestoreResult restore(RestoreRequest request, Consent<RestoreTask> consent);

    DrillTask planDrill(DrillRequest request);

    DrillResult drill(DrillRequest request, Consent<DrillTask> consent);

    DumpExtraction.Extracted extractDump(RunChoice choice, String database, OutputStream output);

    PrunePlan planPrune();

    PruneResult prune();

    CheckResult check(Optional<String> subset);

    List<LockFinding> unlock(boolean everything);

    Status status(boolean askRepository);

    void schedule();

    List<Finding> diagnose();

    List<Finding> validate(boolean deep);

    Evidence evidence();

    HistoryProof proveHistory();

    void cancel(String reason);

    @Override
    void close();

    /** Reads the configuration and opens the library. */
    @FunctionalInterface
    interface Opener {
        Verbs open(Session session);
    }
}
