package dev.kamalbackup.settings;

import dev.kamalbackup.config.BackendVariables;
import dev.kamalbackup.config.BackupPath;
import dev.kamalbackup.config.DatabaseSettings;
import dev.kamalbackup.config.NotifySettings;
import dev.kamalbackup.config.ResticSettings;
import dev.kamalbackup.config.Settings;
import dev.kamalbackup.error.ConfigurationException;
import dev.kamalbackup.process.ChildEnvironment;
import dev.kamalbackup.process.ExecLauncher;
import dev.kamalbackup.process.ProcessLauncher;
import dev.kamalbackup.rails.RubyProgram;
import dev.kamalbackup.redact.Redactor;
import dev.kamalbackup.redact.Secret;
import dev.kamalbackup.settings.ConfigNode.Child;
import dev.kamalbackup.settings.ConfigNode.Scalar;
import dev.kamalbackup.settings.ConfigNode.Section;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads what it takes to bring production's backups onto this machine: the app and its repository as the accessory has
 * them, and the databases and folders of this machine to restore into. Those are what {@code kamal-backup.local.yml}, the
 * environment, or the app's {@code config/database.yml} say; the file that both share never names a target here.
 */
public final class OntoThisMachine {
    private static final List<Key> NOT_FROM_HERE = List.of(
            Keys.REPOSITORY,
            Keys.REPOSITORY_FILE,
            Keys.PASSWORD,
            Keys.PASSWORD_FILE,
            Keys.PASSWORD_COMMAND,
            Keys.REST_USERNAME,
            Keys.REST_PASSWORD);

    private final Path checkout;
    private final Map<String, String> environment;
    private final DatabaseTypes adapters;
    private final Settings production;
    private final ResticSettings restic;
    private final Problems problems;

    private OntoThisMachine(
            Path checkout,
            Map<String, String> environment,
            DatabaseTypes adapters,
            Settings production,
            ResticSettings restic) {
        this.checkout = checkout;
        this.environment = environment;
        this.adapters = adapters;
        this.production = production;
        this.restic = restic;
        this.problems = new Problems(environment);
    }

    /**
     * Reads and checks the settings.
     *
     * @param checkout the app's folder
     * @param environment this machine's variables
     * @param accessory the accessory's variables, secrets too
     * @param adapters the adapters at hand: {@link dev.kamalbackup.spi.Adapters}
     * @throws ConfigurationException with every problem
     */
    public static ReadSettings read(
            Path checkout, Map<String, String> environment, Map<String, String> accessory, DatabaseTypes adapters) {
        ReadSettings shared = SettingsReader.readForRepository(
                checkout, sharedFile(environment, accessory), programs(environment, accessory), adapters);
        Settings production = shared.settings();
        return new OntoThisMachine(
                        checkout,
                        environment,
                        adapters,
                        production,
                        production.restic().withCredentials(credentials(production.restic(), accessory)))
                .read();
    }

    /** What opens the storage there opens it here. */
    private static Map<String, Secret> credentials(ResticSettings restic, Map<String, String> accessory) {
        Map<String, Secret> all = new HashMap<>();
        accessory.forEach((name, value) -> {
            if (BackendVariables.isForAccess(name) && !value.isBlank()) {
                all.put(name, new Secret(value));
            }
        });
        all.putAll(restic.credentials());
        return all;
    }

    /** The accessory's variables, with the place its file has here. */
    private static Map<String, String> sharedFile(Map<String, String> environment, Map<String, String> accessory) {
        Map<String, String> variables = new HashMap<>(accessory);
        variables.put(ConfigFiles.VARIABLE, environment.getOrDefault(ConfigFiles.VARIABLE, ""));
        return variables;
    }

    /** What a program that prints a secret sees: the accessory's variables, in this machine's folders. */
    private static Map<String, String> programs(Map<String, String> environment, Map<String, String> accessory) {
        Map<String, String> variables = new HashMap<>(environment);
        accessory.forEach((name, value) -> {
            if (!ChildEnvironment.isBasic(name)) {
                variables.put(name, value);
            }
        });
        return variables;
    }

    private ReadSettings read() {
        Values values = new Values(environment, Optional.empty(), layers(), problems);
        PathResolver resolver = new PathResolver(checkout, environment, problems);
        SecretCommand command = new SecretCommand(launcher(), environment);
        SecretReader secrets = new SecretReader(values, resolver, command, problems);
        List<DatabaseSettings> databases = databases(values, secrets);
        PathsReader paths = new PathsReader(values, resolver, problems);
        List<BackupPath> targets = paths.paths();
        List<Path> sources = sources(paths, targets);
        Path state = resolver.resolve(Place.NOWHERE, Keys.STATE_PATH.path(), values.text(Keys.STATE_PATH))
                .orElse(Path.of(""));
        tellWhatIsNotUsed(values);
        problems.throwIfAny();
        Settings settings = new Settings(
                production.app(),
                production.accessory(),
                databases,
                targets,
                sources,
                restic.withProgram(new ResticReader(values, secrets, resolver, problems).program()),
                production.backup(),
                state,
                production.maintenance(),
                // A monitor watches production's own backups.
                NotifySettings.nobody(),
                paths.suspiciousPathsAllowed());
        return new ReadSettings(settings, problems.warnings());
    }

    private List<Layer> layers() {
        Map<String, String> localAlone = Map.of(ConfigFiles.VARIABLE, ConfigFiles.LOCAL);
        List<Section> files = Files.exists(checkout.resolve(ConfigFiles.LOCAL))
                ? new ConfigFiles(checkout, problems).read(localAlone)
                : List.of();
        problems.throwIfAny();
        List<Layer> given = files.stream().map(root -> Layer.of(root, problems)).toList();
        Values known = new Values(environment, Optional.empty(), given, problems);
        RailsDefaults rails = new RailsDefaults(checkout, environment, new RubyProgram(launcher(), environment));
        Stream<Layer> guessed =
                rails.targets(productionNames(), key -> known.find(key).isPresent(), problems).stream();
        return Stream.of(Stream.of(stateInTheCheckout()), guessed, given.stream())
                .flatMap(each -> each)
                .toList();
    }

    /** The accessory's folder is not there on a laptop, or belongs to somebody else. */
    private Layer stateInTheCheckout() {
        String folder = checkout.resolve("tmp/kamal-backup").toString();
        Child state = new Child(Place.RAILS, new Scalar(Place.RAILS, folder));
        return Layer.of(new Section(Place.RAILS, Map.of(Keys.STATE_PATH.flat(), state)), problems);
    }

    private List<DatabaseSettings> databases(Values values, SecretReader secrets) {
        Optional<Entry> list = values.inFiles(Keys.DATABASES_LIST);
        List<DatabaseSettings> targets = list.isPresent()
                ? new DatabasesReader(values, secrets, adapters, problems).read(list.get())
                : withProductionsName(new SingleDatabaseReader(values, secrets, adapters, problems).read());
        tellWhatIsLeftOut(targets);
        return targets;
    }

    /** The only database here is the only one there, whatever its name. */
    private List<DatabaseSettings> withProductionsName(List<DatabaseSettings> only) {
        List<String> names = List.copyOf(productionNames());
        if (only.size() != 1 || names.isEmpty() || names.contains(only.get(0).name())) {
            return only;
        }
        if (names.size() > 1) {
            problems.add(
                    Place.NOWHERE,
                    Keys.DATABASES_LIST.path(),
                    "production has several (" + String.join(", ", names) + "): list those to restore, by these names,"
                            + " in " + ConfigFiles.LOCAL);
            return only;
        }
        DatabaseSettings target = only.get(0);
        return List.of(new DatabaseSettings(names.get(0), target.adapter(), target.options(), target.secrets()));
    }

    private void tellWhatIsLeftOut(List<DatabaseSettings> targets) {
        Set<String> left = new HashSet<>(productionNames());
        targets.forEach(target -> left.remove(target.name()));
        if (!left.isEmpty()) {
            problems.warn(
                    Place.NOWHERE,
                    Keys.DATABASES_LIST.path(),
                    "no place here for " + left.stream().sorted().collect(Collectors.joining(", "))
                            + " of production: left out; list what is wanted in " + ConfigFiles.LOCAL);
        }
    }

    /** Whoever asks for production's backups must not get those of a repository for trying things. */
    private void tellWhatIsNotUsed(Values values) {
        for (Key key : NOT_FROM_HERE) {
            values.inFiles(key)
                    .ifPresent(entry -> problems.warn(
                            entry.place(),
                            entry.label(),
                            "is not used for production's backups, whose own is; without -c and -d it is"));
        }
    }

    private List<Path> sources(PathsReader paths, List<BackupPath> targets) {
        List<Path> given = paths.restoreFrom(targets.size());
        List<Path> there = production.paths().stream().map(BackupPath::path).toList();
        if (!given.isEmpty() || there.isEmpty()) {
            return given;
        }
        if (targets.isEmpty()) {
            problems.warn(
                    Place.NOWHERE,
                    Keys.PATHS_LIST.path(),
                    "the files of production are left out; say in " + ConfigFiles.LOCAL + " where they go, as in paths:"
                            + " [storage]");
            return List.of();
        }
        if (targets.size() != there.size()) {
            problems.add(
                    Place.NOWHERE,
                    Keys.PATHS_LIST.path(),
                    "lists " + targets.size() + " here and " + there.size() + " in " + ConfigFiles.MAIN
                            + "; each needs the one it is restored from, in the same order, or restore_from");
        }
        return there;
    }

    private Set<String> productionNames() {
        return production.databases().stream()
                .map(DatabaseSettings::name)
                .collect(Collectors.toCollection(java.util.LinkedHashSet::new));
    }

    private ProcessLauncher launcher() {
        return ExecLauncher.detect(Redactor.knowing(Set.of(), environment), environment);
    }
}
