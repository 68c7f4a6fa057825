package dev.kamalbackup;

import dev.kamalbackup.catalog.RecordedRun;
import dev.kamalbackup.catalog.RunCatalog;
import dev.kamalbackup.catalog.RunChoice;
import dev.kamalbackup.config.Settings;
import dev.kamalbackup.diagnosis.Finding;
import dev.kamalbackup.drill.DrillRequest;
import dev.kamalbackup.drill.DrillResult;
import dev.kamalbackup.drill.DrillTask;
import dev.kamalbackup.error.ConfigurationException;
import dev.kamalbackup.error.Problem;
import dev.kamalbackup.event.BackupListener;
import dev.kamalbackup.evidence.Evidence;
import dev.kamalbackup.plan.RunPlan;
import dev.kamalbackup.process.Cancellation;
import dev.kamalbackup.redact.Redactor;
import dev.kamalbackup.report.Reports;
import dev.kamalbackup.restic.CommitMethod;
import dev.kamalbackup.restore.Consent;
import dev.kamalbackup.restore.DumpExtraction;
import dev.kamalbackup.restore.RestoreRequest;
import dev.kamalbackup.restore.RestoreResult;
import dev.kamalbackup.restore.RestoreTask;
import dev.kamalbackup.retention.PrunePlan;
import dev.kamalbackup.retention.PruneResult;
import dev.kamalbackup.run.BackupAnswer;
import dev.kamalbackup.run.BackupRequest;
import dev.kamalbackup.spi.Adapters;
import dev.kamalbackup.spi.DatabaseAdapter;
import dev.kamalbackup.state.HistoryProof;
import dev.kamalbackup.status.Status;
import dev.kamalbackup.upkeep.CheckResult;
import dev.kamalbackup.upkeep.LockFinding;
import java.io.OutputStream;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Backups you can prove: one method for each verb of the product. It prints nothing, ends no process and keeps nothing
 * static but which state folders this process has locked, as the system's locks want it. One verb at a time; {@link
 * #cancel} may be called from any thread, and a thread that is interrupted ends its verb in the same way. There may be
 * several instances in a process: on one state folder the second is refused while the first works.
 */
public final class KamalBackup implements AutoCloseable {
    private final Redactor redactor;
    private final Operations operations;
    private final Cancellation cancellation = new Cancellation();

    private KamalBackup(Builder builder, Adapters adapters) {
        this.redactor = Redactor.knowing(builder.settings.secrets(), builder.environment);
        this.operations = new Operations(
                builder.settings,
                adapters,
                builder.environment,
                builder.commitMethod,
                builder.listener,
                redactor,
                builder.clock);
    }

    /** Starts building one from settings. */
    public static Builder builder(Settings settings) {
        return new Builder(settings);
    }

    /** The version of this library, as in {@code 1.1.0}. */
    public static String version() {
        return LibraryVersion.read();
    }

    /** What a backup made now would do; changes nothing. */
    public RunPlan plan() {
        return operations.backups().plan(cancellation);
    }

    /**
     * Makes a backup if the request wants one. Failed parts are in the result, not thrown.
     *
     * @throws dev.kamalbackup.error.ToolException if restic is missing or too old
     * @throws dev.kamalbackup.error.StateException if the state folder cannot be written, or another run is under way
     * @throws dev.kamalbackup.error.RepositoryException if an unfinished run cannot be cleared up behind
     */
    public BackupAnswer backup(BackupRequest request) {
        return operations.backup(request, cancellation);
    }

    /** The app's runs in the repository, newest first, those of the predecessor included. */
    public List<RecordedRun> list() {
        return operations.catalog(cancellation).runs();
    }

    /**
     * What a restore would do; changes nothing.
     *
     * @throws dev.kamalbackup.error.RestoreException if there is no such run, or a target is one that must not be restored
     *     into
     */
    public RestoreTask planRestore(RestoreRequest request) {
        return operations.restores().plan(this::catalog, request, cancellation);
    }

    /**
     * Restores, without asking anybody.
     *
     * @throws dev.kamalbackup.error.RestoreException if it fails; the message says in which state each target is
     */
    public RestoreResult restore(RestoreRequest request) {
        return restore(request, Consent.given());
    }

    /**
     * Restores. Whatever becomes of it is in the history.
     *
     * @param consent asked when it is known what would be done, and before anything is
     * @throws dev.kamalbackup.error.RestoreException if it fails; the message says in which state each target is
     */
    public RestoreResult restore(RestoreRequest request, Consent<RestoreTask> consent) {
        return operations.restores().restore(this::catalog, request, consent, cancellation);
    }

    /** What a drill would do; changes nothing. */
    public DrillTask planDrill(DrillRequest request) {
        return operations.drills().plan(this::catalog, request, cancellation);
    }

    /**
     * Drills a restore. Whatever becomes of it is in the result and in the history, also if it fails before it starts.
     *
     * @param consent asked when it is known what would be done, and before anything is
     * @throws dev.kamalbackup.error.RestoreException if consent is not given
     * @throws dev.kamalbackup.error.CancelledException if it was interrupted
     */
    public DrillResult drill(DrillRequest request, Consent<DrillTask> consent) {
        return operations.drills().drill(this::catalog, request, consent, Reports::of, cancellation);
    }

    /**
     * Takes the dump of one database out of the repository as it is. What was written before a failure is worth nothing.
     *
     * @throws dev.kamalbackup.error.RestoreException if there is no such run or dump, or it cannot be written
     */
    public DumpExtraction.Extracted extractDump(RunChoice choice, String database, OutputStream output) {
        return operations.extractDump(choice, database, output, cancellation);
    }

    /**
     * What retention would remove, and why the rest stays; changes nothing.
     *
     * @throws dev.kamalbackup.error.RepositoryException if a run lies in the future, or the repository cannot be read
     */
    public PrunePlan planPrune() {
        return operations.prunes().plan(cancellation);
    }

    /**
     * Removes the runs that retention does not keep.
     *
     * @throws ConfigurationException if nothing may be removed from this repository
     * @throws dev.kamalbackup.error.BusyException if something else is under way on the state folder
     * @throws dev.kamalbackup.error.RepositoryException if a run lies in the future, or restic fails
     */
    public PruneResult prune() {
        return operations.prunes().prune(cancellation);
    }

    /**
     * Checks the repository and records what came of it. What is wrong with it is in the result, not thrown.
     *
     * @param subset how much of the data to read, in restic's own writing; what is configured, part by part, if empty
     * @throws dev.kamalbackup.error.BusyException if something else is under way on the state folder
     */
    public CheckResult check(Optional<String> subset) {
        return operations.checks().check(subset, Optional.empty(), Reports::of, cancellation);
    }

    /**
     * Removes locks whose holders are proved dead, and tells of all.
     *
     * @param everything whether those go, too, whose holders may live
     * @throws dev.kamalbackup.error.BusyException if a run of ours is under way, whose lock must stay
     */
    public List<LockFinding> unlock(boolean everything) {
        return operations.unlocking().unlock(everything, cancellation);
    }

    /**
     * How the backups stand; changes nothing.
     *
     * @param askRepository whether the repository is asked as well; a health check has no need to
     */
    public Status status(boolean askRepository) {
        return operations.status().status(askRepository, cancellation);
    }

    /** Makes backups, checks and drills when they are due, until it is cancelled. Failures are told and recorded. */
    public void schedule() {
        operations.scheduler().run(cancellation);
    }

    /** How everything stands that a backup needs; changes nothing. */
    public List<Finding> diagnose() {
        return operations.doctor().everything(cancellation);
    }

    /**
     * Whether what is configured is there; changes nothing.
     *
     * @param deep also what a run would meet first: folders, repository and databases are opened. Otherwise only what is
     *     missing is told
     */
    public List<Finding> validate(boolean deep) {
        return deep
                ? operations.doctor().essentials(cancellation)
                : operations.doctor().missing();
    }

    /**
     * What there is to show about this app's backups; changes nothing.
     *
     * @throws dev.kamalbackup.error.StateException if the history cannot be read
     */
    public Evidence evidence() {
        return operations.evidence().collect(version(), cancellation);
    }

    /**
     * Whether the history is as it was written.
     *
     * @throws dev.kamalbackup.error.StateException if it cannot be read
     */
    public HistoryProof proveHistory() {
        return operations.proveHistory();
    }

    /** The redactor that knows every secret of these settings, for whatever else is printed. */
    public Redactor redactor() {
        return redactor;
    }

    /** Asks the verb under way to stop: children are ended, locks released, the run recorded as interrupted. */
    public void cancel(String reason) {
        cancellation.cancel(reason);
    }

    /** Cancels what is under way. */
    @Override
    public void close() {
        cancel("closed");
    }

    private RunCatalog catalog() {
        return operations.catalog(cancellation);
    }

    /** Collects what a {@link KamalBackup} needs; everything but the settings has a default. */
    public static final class Builder {
        private final Settings settings;
        private Map<String, String> environment = System.getenv();
        private Clock clock = Clock.systemUTC();
        private @Nullable Adapters adapters;
        private BackupListener listener = BackupListener.silent();
        private CommitMethod commitMethod = CommitMethod.strongest();

        private Builder(Settings settings) {
            this.settings = settings;
        }

        /** The environment to look for tools and backend credentials in; this process's own unless given. */
        public Builder environment(Map<String, String> values) {
            this.environment = values;
            return this;
        }

        /** The clock that names runs. */
        public Builder clock(Clock value) {
            this.clock = value;
            return this;
        }

        /** Exactly these adapters, in place of those that {@link java.util.ServiceLoader} finds. */
        public Builder adapters(DatabaseAdapter... values) {
            this.adapters = Adapters.of(List.of(values));
            return this;
        }

        /** Who is told what happens. */
        public Builder listener(BackupListener value) {
            this.listener = value;
            return this;
        }

        /** How restic is kept from saving half a dump; the strongest way this machine offers unless given. */
        public Builder commitMethod(CommitMethod value) {
            this.commitMethod = value;
            return this;
        }

        /**
         * Checks the settings and builds.
         *
         * @throws ConfigurationException with every problem
         */
        public KamalBackup build() {
            Adapters known = Optional.ofNullable(adapters).orElseGet(Adapters::discover);
            List<Problem> problems = SettingsProblems.of(settings, known);
            if (!problems.isEmpty()) {
                throw new ConfigurationException(problems);
            }
            return new KamalBackup(this, known);
        }
    }
}
