package dev.kamalbackup.cli;

import dev.kamalbackup.KamalBackup;
import dev.kamalbackup.catalog.RecordedRun;
import dev.kamalbackup.catalog.RunChoice;
import dev.kamalbackup.diagnosis.Finding;
import dev.kamalbackup.drill.DrillRequest;
import dev.kamalbackup.drill.DrillResult;
import dev.kamalbackup.drill.DrillTask;
import dev.kamalbackup.plan.RunPlan;
import dev.kamalbackup.redact.Redactor;
import dev.kamalbackup.restore.Consent;
import dev.kamalbackup.restore.DumpExtraction;
import dev.kamalbackup.restore.RestoreRequest;
import dev.kamalbackup.restore.RestoreResult;
import dev.kamalbackup.restore.RestoreTask;
import dev.kamalbackup.run.BackupAnswer;
import dev.kamalbackup.run.BackupRequest;
import dev.kamalbackup.settings.ReadSettings;
import dev.kamalbackup.settings.SettingsReader;
import dev.kamalbackup.spi.Adapters;
import java.io.OutputStream;
import java.util.List;

/** The library itself, opened from the files and the environment around the program. */
record Library(KamalBackup backup) implements Verbs {
    static Verbs open(Session session) {
        Surroundings surroundings = session.surroundings();
        ReadSettings read =
                SettingsReader.read(surroundings.workingFolder(), surroundings.environment(), Adapters.discover());
        session.know(Redactor.knowing(read.settings().secrets(), surroundings.environment()));
        session.warn(read.warnings());
        return new Library(KamalBackup.builder(read.settings())
                .environment(surroundings.environment())
                .clock(surroundings.clock())
                .listener(session.progress())
                .build());
    }

    @Override
    public RunPlan plan() {
        return backup.plan();
    }

    @Override
    public BackupAnswer backup(BackupRequest request) {
        return backup.backup(request);
    }

    @Override
    public List<RecordedRun> list() {
        return backup.list();
    }

    @Override
    public RestoreTask planRestore(RestoreRequest request) {
        return backup.planRestore(request);
    }

    @Override
    public RestoreResult restore(RestoreRequest request, Consent<RestoreTask> consent) {
        return backup.restore(request, consent);
    }

    @Override
    public DrillTask planDrill(DrillRequest request) {
        return backup.planDrill(request);
    }

    @Override
    public DrillResult drill(DrillRequest request, Consent<DrillTask> consent) {
        return backup.drill(request, consent);
    }

    @Override
    public DumpExtraction.Extracted extractDump(RunChoice choice, String database, OutputStream output) {
        return backup.extractDump(choice, database, output);
    }

    @Override
    public List<Finding> diagnose() {
        return backup.diagnose();
    }

    @Override
    public List<Finding> validate(boolean deep) {
        return backup.validate(deep);
    }

    @Override
    public void cancel(String reason) {
        backup.cancel(reason);
    }

    @Override
    public void close() {
        backup.close();
    }
}
