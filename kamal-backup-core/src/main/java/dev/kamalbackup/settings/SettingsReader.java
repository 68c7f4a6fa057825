package dev.kamalbackup.settings;

import dev.kamalbackup.config.BackupPath;
import dev.kamalbackup.config.DatabaseSettings;
import dev.kamalbackup.config.Settings;
import dev.kamalbackup.process.ExecLauncher;
import dev.kamalbackup.process.ProcessLauncher;
import dev.kamalbackup.rails.RubyProgram;
import dev.kamalbackup.redact.Redactor;
import dev.kamalbackup.tag.Names;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Reads the settings from {@code config/kamal-backup.yml}, {@code config/kamal-backup.local.yml} and the environment.
 * Whether what is configured exists is not asked: the configuration may be for another machine.
 */
public final class SettingsReader {
    /** What the settings are read for. */
    private enum Purpose {
        EVERYTHING,
        /** Databases and paths that are missing, or wrong, do not matter. */
        REPOSITORY,
        /** Nor do secrets that stand in files or come from programs, or databases at all. */
        STATE
    }

    private final Values values;
    private final PathResolver resolver;
    private final SecretReader secrets;
    private final DatabaseTypes adapters;
    private final Problems problems;
    private final Purpose purpose;

    private SettingsReader(
            Values values,
            PathResolver resolver,
            SecretReader secrets,
            DatabaseTypes adapters,
            Problems problems,
            Purpose purpose) {
        this.values = values;
        this.resolver = resolver;
        this.secrets = secrets;
        this.adapters = adapters;
        this.problems = problems;
        this.purpose = purpose;
    }

    /**
     * Reads and checks the settings.
     *
     * @param workingFolder where {@code config} lies; relative paths are meant from here
     * @param environment the variables that override the files and hold the secrets
     * @param adapters the adapters at hand: {@link dev.kamalbackup.spi.Adapters}
     * @throws dev.kamalbackup.error.ConfigurationException with every problem
     */
    public static ReadSettings read(Path workingFolder, Map<String, String> environment, DatabaseTypes adapters) {
        return read(Source.here(workingFolder, environment, adapters), Purpose.EVERYTHING);
    }

    /**
     * The same for whoever only looks at the repository: databases and paths that are missing, or wrong, are left out.
     *
     * @throws dev.kamalbackup.error.ConfigurationException with every other problem
     */
    public static ReadSettings readForRepository(
            Path workingFolder, Map<String, String> environment, DatabaseTypes adapters) {
        return read(Source.here(workingFolder, environment, adapters), Purpose.REPOSITORY);
    }

    /**
     * The same of the accessory from the app's checkout, with the accessory's variables; the file for this machine alone
     * is left out.
     *
     * @param environment the accessory's variables, secrets too
     * @param machine the variables of this machine: what programs that print secrets see, and where {@code ~} is
     * @throws dev.kamalbackup.error.ConfigurationException with every other problem
     */
    static ReadSettings readForRepository(
            Path workingFolder, Map<String, String> environment, Map<String, String> machine, DatabaseTypes adapters) {
        return read(
                new Source(workingFolder, environment, machine, true, adapters, launcher(machine)), Purpose.REPOSITORY);
    }

    /**
     * The same for whoever only looks at the state folder, again and again: no file is opened and no program run for a
     * secret, and databases are left out.
     *
     * @throws dev.kamalbackup.error.ConfigurationException with every other problem
     */
    public static ReadSettings readForState(
            Path workingFolder, Map<String, String> environment, DatabaseTypes adapters) {
        return read(Source.here(workingFolder, environment, adapters), Purpose.STATE);
    }

    /** The same with another way to start the programs that print secrets. */
    static ReadSettings read(
            Path workingFolder, Map<String, String> environment, DatabaseTypes adapters, ProcessLauncher launcher) {
        return read(new Source(workingFolder, environment, environment, false, adapters, launcher), Purpose.EVERYTHING);
    }

    private static ReadSettings read(Source source, Purpose purpose) {
        Map<String, String> environment = source.environment();
        Problems problems = new Problems(environment);
        List<Layer> layers = source.layers(problems);
        Optional<Set<String>> elsewhere = purpose == Purpose.STATE ? Optional.of(Set.of()) : Optional.empty();
        Values given = new Values(environment, elsewhere, layers, problems);
        RailsDefaults rails =
                new RailsDefaults(source.workingFolder(), environment, new RubyProgram(source.launcher(), environment));
        Values values = rails.layer(key -> given.find(key).isPresent(), problems)
                .map(weakest -> Stream.concat(Stream.of(weakest), layers.stream()))
                .map(all -> new Values(environment, elsewhere, all.toList(), problems))
                .orElse(given);
        return read(values, source, problems, purpose);
    }

    /**
     * Checks the settings of the accessory from the app's checkout. What the answer says of secrets is not what the
     * accessory will find.
     *
     * @param environment the accessory's variables that are no secrets
     * @param secrets the names of those that are
     * @throws dev.kamalbackup.error.ConfigurationException with every problem
     */
    public static ReadSettings readForAccessory(
            Path workingFolder, Map<String, String> environment, Set<String> secrets, DatabaseTypes adapters) {
        Source source = new Source(workingFolder, environment, environment, true, adapters, launcher(environment));
        Problems problems = new Problems(environment);
        Values values = new Values(environment, Optional.of(secrets), source.layers(problems), problems);
        return read(values, source, problems, Purpose.EVERYTHING);
    }

    /**
     * Where each value comes from, in the order of the reference page.
     *
     * @throws dev.kamalbackup.error.ConfigurationException if a file cannot be read
     */
    public static List<Explanation> explain(Path workingFolder, Map<String, String> environment) {
        Problems problems = new Problems(environment);
        List<Layer> layers = layers(new ConfigFiles(workingFolder, problems).read(environment), problems);
        return new Explainer(new Values(environment, Optional.empty(), layers, problems), problems).all();
    }

    /** The name that the accessory is given, as far as it can be told; empty if none is. Nothing is checked. */
    public static Optional<String> accessory(Path workingFolder, Map<String, String> environment) {
        Problems problems = new Problems(environment);
        List<Layer> layers = new ConfigFiles(workingFolder, problems)
                .read(environment).stream()
                        .map(root -> Layer.of(root, problems))
                        .toList();
        Values values = new Values(environment, Optional.empty(), layers, problems);
        return values.given(Keys.ACCESSORY).map(given -> values.text(Keys.ACCESSORY));
    }

    private static List<Layer> layers(List<ConfigNode.Section> roots, Problems problems) {
        // What could not be read would only make everything look missing.
        problems.throwIfAny();
        return roots.stream().map(root -> Layer.of(root, problems)).toList();
    }

    /**
     * What settings are read from.
     *
     * @param environment the variables of the machine that the settings are for
     * @param machine those of this machine
     * @param shared whether the file for this machine alone is left out
     */
    private record Source(
            Path workingFolder,
            Map<String, String> environment,
            Map<String, String> machine,
            boolean shared,
            DatabaseTypes adapters,
            ProcessLauncher launcher) {
        static Source here(Path workingFolder, Map<String, String> environment, DatabaseTypes adapters) {
            return new Source(
                    workingFolder, environment, environment, false, adapters, SettingsReader.launcher(environment));
        }

        List<Layer> layers(Problems problems) {
            ConfigFiles files = new ConfigFiles(workingFolder, problems);
            return SettingsReader.layers(shared ? files.readShared(environment) : files.read(environment), problems);
        }
    }

    private static ReadSettings read(Values values, Source source, Problems problems, Purpose purpose) {
        PathResolver resolver = new PathResolver(source.workingFolder(), source.environment(), problems);
        SecretCommand command = new SecretCommand(source.launcher(), source.machine());
        SecretReader secrets = new SecretReader(
                values, new PathResolver(source.workingFolder(), source.machine(), problems), command, problems);
        Settings settings =
                new SettingsReader(values, resolver, secrets, source.adapters(), problems, purpose).settings();
        problems.throwIfAny();
        return new ReadSettings(settings, problems.warnings());
    }

    private static ProcessLauncher launcher(Map<String, String> environment) {
        return ExecLauncher.detect(Redactor.knowing(Set.of(), environment), environment);
    }

    private Settings settings() {
        PathsReader paths = new PathsReader(values, resolver, problems);
        ResticReader restic = new ResticReader(values, secrets, resolver, problems);
        ScheduleReader schedule = new ScheduleReader(values, resolver, problems);
        String app = name(Keys.APP);
        String accessory = name(Keys.ACCESSORY);
        List<DatabaseSettings> databases = purpose == Purpose.STATE ? List.of() : unlessWrong(this::databases);
        List<BackupPath> backedUp = unlessWrong(paths::paths);
        return new Settings(
                app,
                accessory,
                databases,
                backedUp,
                unlessWrong(() -> paths.restoreFrom(backedUp.size())),
                restic.read(),
                schedule.backup(),
                stateFolder(),
                schedule.maintenance(),
                new NotifyReader(values, secrets, problems).read(),
                paths.suspiciousPathsAllowed());
    }

    private <T> List<T> unlessWrong(Supplier<List<T>> reading) {
        return purpose == Purpose.EVERYTHING ? reading.get() : problems.unlessWrong(reading, List.of());
    }

    private String name(Key key) {
        Optional<Entry> entry = values.given(key);
        String name = values.text(key);
        if (entry.isEmpty() && name.isEmpty()) {
            problems.add(
                    Place.NOWHERE,
                    key.path(),
                    "is missing; set it in " + ConfigFiles.MAIN + " or as " + key.environment());
        }
        if (!name.isEmpty()) {
            Place place = entry.map(Entry::place).orElse(Place.NOWHERE);
            String label = entry.map(Entry::label).orElse(key.path());
            Names.flaw(name).ifPresent(flaw -> problems.add(place, label, flaw));
        }
        return name;
    }

    /** A list in a file, even an empty one, hides what the environment says of a database. */
    private List<DatabaseSettings> databases() {
        SingleDatabaseReader single = new SingleDatabaseReader(values, secrets, adapters, problems);
        Optional<Entry> list = values.inFiles(Keys.DATABASES_LIST);
        if (list.isEmpty()) {
            return single.read();
        }
        single.warnOfUnused();
        return new DatabasesReader(values, secrets, adapters, problems).read(list.get());
    }

    private Path stateFolder() {
        Optional<Entry> entry = values.given(Keys.STATE_PATH);
        Place place = entry.map(Entry::place).orElse(Place.NOWHERE);
        String label = entry.map(Entry::label).orElse(Keys.STATE_PATH.path());
        return resolver.resolve(place, label, values.text(Keys.STATE_PATH)).orElse(Path.of(""));
    }
}
