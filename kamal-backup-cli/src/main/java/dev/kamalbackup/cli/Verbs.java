package dev.kamalbackup.cli;

import dev.kamalbackup.KamalBackup;
import dev.kamalbackup.catalog.RecordedRun;
import dev.kamalbackup.catalog.RunChoice;
import dev.kamalbackup.diagnosis.Finding;
import dev.kamalbackup.drill.DrillRequest;
import dev.kamalbackup.drill.DrillResult;
import dev.kamalbackup.drill.DrillTask;
import dev.kamalbackup.plan.RunPlan;
import dev.kamalbackup.restore.Consent;
import dev.kamalbackup.restore.DumpExtraction;
import dev.kamalbackup.restore.RestoreRequest;
import dev.kamalbackup.restore.RestoreResult;
import dev.kamalbackup.restore.RestoreTask;
import dev.kamalbackup.run.BackupAnswer;
import dev.kamalbackup.run.BackupRequest;
import java.io.OutputStream;
import java.util.List;

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

    List<Finding> diagnose();

    List<Finding> validate(boolean deep);

    void cancel(String reason);

    @Override
    void close();

    /** Reads the configuration and opens the library. */
    @FunctionalInterface
    interface Opener {
        Verbs open(Session session);
    }
}
