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
import dev.kamalbackup.redact.Redactor;
import dev.kamalbackup.restore.Consent;
import dev.kamalbackup.restore.DumpExtraction;
import dev.kamalbackup.restore.RestoreRequest;
import dev.kamalbackup.restore.RestoreResult;
import dev.kamalbackup.restore.RestoreTask;
import dev.kamalbackup.retention.PrunePlan;
import dev.kamalbackup.retention.PruneResult;
import dev.kamalbackup.run.BackupAnswer;
import dev.kamalbackup.run.BackupRequest;
import dev.kamalbackup.settings.OntoThisMachine;
import dev.kamalbackup.settings.ReadSettings;
import dev.kamalbackup.settings.SettingsReader;
import dev.kamalbackup.spi.Adapters;
import dev.kamalbackup.state.HistoryProof;
import dev.kamalbackup.status.Status;
import dev.kamalbackup.upkeep.CheckResult;
import dev.kamalbackup.upkeep.LockFinding;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The library itself, opened from the files and the environment around the program. */
record Library(KamalBackup backup) implements Verbs {
    static Verbs open(Session session) {
        Surroundings surroundings = session.surroundings();
        ReadSettings read = read(session);
        session.know(Redactor.knowing(read.settings().secrets(), known(session)));
        session.warn(read.warnings());
        return new Library(KamalBackup.builder(read.settings())
                .environment(surroundings.environment())
                .clock(surroundings.clock())
                .listener(session.progress())
                .build());
    }

    /** Variables that may hold secrets: this machine's, and those of the accessory whose backups are brought here. */
    private static Map<String, String> known(Session session) {
        Map<String, String> known = new HashMap<>(session.surroundings().environment());
        session.production().ifPresent(accessory -> known.putAll(accessory.variables()));
        return known;
    }

    private static ReadSettings read(Session session) {
        Surroundings surroundings = session.surroundings();
        if (session.production().isPresent()) {
            return OntoThisMachine.read(
                    surroundings.workingFolder(),
                    surroundings.environment(),
                    session.production().get().variables(),
                    Adapters.discover());
        }
        if (session.isForStateOnly()) {
            return SettingsReader.readForState(
                    surroundings.workingFolder(), surroundings.environment(), Adapters.discover());
        }
        return session.isForRepositoryOnly()
                ? SettingsReader.readForRepository(
                        surroundings.workingFolder(), surroundings.environment(), Adapters.discover())
                : SettingsReader.read(surroundings.workingFolder(), surroundings.environment(), Adapters.discover());
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
    public PrunePlan planPrune() {
        return backup.planPrune();
    }

    @Override
    public PruneResult prune() {
        return backup.prune();
    }

    @Override
    public CheckResult check(Optional<String> subset) {
        return backup.check(subset);
    }

    @Override
    public List<LockFinding> unlock(boolean everything) {
        return backup.unlock(everything);
    }

    @Override
    public Status status(boolean askRepository) {
        return backup.status(askRepository);
    }

    @Override
    public void schedule() {
        backup.schedule();
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
    public Evidence evidence() {
        return backup.evidence();
    }

    @Override
    public HistoryProof proveHistory() {
        return backup.proveHistory();
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
