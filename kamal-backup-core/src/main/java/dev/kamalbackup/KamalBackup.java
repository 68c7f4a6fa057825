package dev.kamalbackup;

import dev.kamalbackup.catalog.RecordedRun;
import dev.kamalbackup.catalog.RunCatalog;
import dev.kamalbackup.catalog.RunChoice;
import dev.kamalbackup.config.DatabaseSettings;
import dev.kamalbackup.config.Settings;
import dev.kamalbackup.diagnosis.Doctor;
import dev.kamalbackup.diagnosis.Finding;
import dev.kamalbackup.drill.DrillOperation;
import dev.kamalbackup.drill.DrillRequest;
import dev.kamalbackup.drill.DrillResult;
import dev.kamalbackup.drill.DrillTask;
import dev.kamalbackup.error.ConfigurationException;
import dev.kamalbackup.error.Problem;
import dev.kamalbackup.event.BackupListener;
import dev.kamalbackup.plan.RunPlan;
import dev.kamalbackup.process.Cancellation;
import dev.kamalbackup.process.ExecLauncher;
import dev.kamalbackup.process.ProcessLauncher;
import dev.kamalbackup.redact.Redactor;
import dev.kamalbackup.report.Reports;
import dev.kamalbackup.restic.CommitMethod;
import dev.kamalbackup.restic.Restic;
import dev.kamalbackup.restore.Consent;
import dev.kamalbackup.restore.DumpExtraction;
import dev.kamalbackup.restore.Equipment;
import dev.kamalbackup.restore.RestoreOperation;
import dev.kamalbackup.restore.RestoreRequest;
import dev.kamalbackup.restore.RestoreResult;
import dev.kamalbackup.restore.RestoreTask;
import dev.kamalbackup.run.BackupAnswer;
import dev.kamalbackup.run.BackupOperation;
import dev.kamalbackup.run.BackupRequest;
import dev.kamalbackup.run.RunPlanner;
import dev.kamalbackup.spi.Adapters;
import dev.kamalbackup.spi.DatabaseAdapter;
import dev.kamalbackup.state.StateFolder;
import dev.kamalbackup.tag.Names;
import dev.kamalbackup.tag.TagSet;
import java.io.OutputStream;
import java.nio.file.Files;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Backups you can prove: one method for each verb of the product. It prints nothing, ends no process and keeps nothing
 * static. One verb at a time; {@link #cancel} may be called from any thread.
 */
public final class KamalBackup implements AutoCloseable {
    private final Settings settings;
    private final Adapters adapters;
    private final Map<String, String> environment;
    private final Clock clock;
    private final BackupListener listener;
    private final Redactor redactor;
    private final ProcessLauncher launcher;
    private final StateFolder state;
    private final Restic restic;
    private final Cancellation cancellation = new Cancellation();

    private KamalBackup(Builder builder, Adapters adapters) {
        this.settings = builder.settings;
        this.adapters = adapters;
        this.environment = Map.copyOf(builder.environment);
        this.clock = builder.clock;
        this.listener = builder.listener;
        this.redactor = Redactor.knowing(settings.secrets(), environment);
        this.launcher = ExecLauncher.detect(redactor, environment);
        this.state = new StateFolder(settings.stateFolder());
        this.restic = new Restic(settings.restic(), environment, state.cache(), launcher, builder.commitMethod);
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
        return backups().plan(cancellation);
    }

    /**
     * Makes a backup if the request wants one. Failed parts are in the result, not thrown.
     *
     * @throws dev.kamalbackup.error.ToolException if restic is missing or too old
     * @throws dev.kamalbackup.error.StateException if the state folder cannot be written, or another run is under way
     * @throws dev.kamalbackup.error.RepositoryException if an unfinished run cannot be cleared up behind
     */
    public BackupAnswer backup(BackupRequest request) {
        return backups().backup(request, Reports::of, cancellation);
    }

    /** The app's runs in the repository, newest first, those of the predecessor included. */
    public List<RecordedRun> list() {
        return catalog().runs();
    }

    /**
     * What a restore would do; changes nothing.
     *
     * @throws dev.kamalbackup.error.RestoreException if there is no such run, or a target is one that must not be restored
     *     into
     */
    public RestoreTask planRestore(RestoreRequest request) {
        return restores().plan(this::catalog, request, cancellation);
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
        return restores().restore(this::catalog, request, consent, cancellation);
    }

    /** What a drill would do; changes nothing. */
    public DrillTask planDrill(DrillRequest request) {
        return new DrillOperation(equipment()).plan(this::catalog, request, cancellation);
    }

    /**
     * Drills a restore. Whatever becomes of it is in the result and in the history, also if it fails before it starts.
     *
     * @param consent asked when it is known what would be done, and before anything is
     * @throws dev.kamalbackup.error.RestoreException if consent is not given
     * @throws dev.kamalbackup.error.CancelledException if it was interrupted
     */
    public DrillResult drill(DrillRequest request, Consent<DrillTask> consent) {
        return new DrillOperation(equipment()).drill(this::catalog, request, consent, Reports::of, cancellation);
    }

    /**
     * Takes the dump of one database out of the repository as it is. What was written before a failure is worth nothing.
     *
     * @throws dev.kamalbackup.error.RestoreException if there is no such run or dump, or it cannot be written
     */
    public DumpExtraction.Extracted extractDump(RunChoice choice, String database, OutputStream output) {
        RecordedRun run = catalog().resolve(choice, clock.instant());
        return new DumpExtraction(restic, settings.app()).write(run, database, output, cancellation);
    }

    /** How everything stands that a backup needs; changes nothing. */
    public List<Finding> diagnose() {
        return doctor().everything(cancellation);
    }

    /**
     * Whether what is configured is there; changes nothing.
     *
     * @param deep also what a run would meet first: folders, repository and databases are opened. Otherwise only what is
     *     missing is told
     */
    public List<Finding> validate(boolean deep) {
        return deep ? doctor().essentials(cancellation) : doctor().missing();
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

    private BackupOperation backups() {
        RunPlanner planner = new RunPlanner(settings, adapters, environment, launcher);
        return new BackupOperation(settings, planner, restic, state, launcher, listener, clock);
    }

    private RunCatalog catalog() {
        restic.version(cancellation);
        return RunCatalog.of(restic.snapshots(TagSet.ofApp(settings.app()), cancellation));
    }

    private Doctor doctor() {
        // A look at things must not make the state folder.
        Restic looking = Files.isDirectory(state.path()) ? restic : restic.withoutCache();
        return new Doctor(settings, adapters, environment, looking, state, launcher, clock);
    }

    private RestoreOperation restores() {
        return new RestoreOperation(equipment());
    }

    private Equipment equipment() {
        return new Equipment(settings, adapters, environment, restic, launcher, state, listener, redactor, clock);
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
            List<Problem> problems = problems(known);
            if (!problems.isEmpty()) {
                throw new ConfigurationException(problems);
            }
            return new KamalBackup(this, known);
        }

        private List<Problem> problems(Adapters known) {
            List<Problem> problems = new ArrayList<>();
            Names.flaw(settings.app()).ifPresent(flaw -> problems.add(new Problem("", "app", flaw)));
            if (settings.databases().isEmpty()) {
                problems.add(new Problem("", "databases", "at least one database is needed"));
            }
            Set<String> names = new HashSet<>();
            for (int i = 0; i < settings.databases().size(); i++) {
                DatabaseSettings database = settings.databases().get(i);
                String key = "databases[" + (i + 1) + "].";
                Names.flaw(database.name()).ifPresent(flaw -> problems.add(new Problem("", key + "name", flaw)));
                if (!names.add(Names.sanitize(database.name()))) {
                    problems.add(new Problem("", key + "name", "another database has the name " + database.name()));
                }
                known.find(database.adapter())
                        .ifPresentOrElse(
                                adapter -> adapter.check(database)
                                        .forEach(problem -> problems.add(
                                                new Problem(problem.place(), key + problem.key(), problem.message()))),
                                () -> problems.add(
                                        new Problem("", key + "adapter", known.unknown(database.adapter()))));
            }
            return problems;
        }
    }
}
