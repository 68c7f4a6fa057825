package dev.kamalbackup.restic;

import dev.kamalbackup.config.ResticRepositoryLocation;
import dev.kamalbackup.config.ResticSettings;
import dev.kamalbackup.error.Fault;
import dev.kamalbackup.error.ToolException;
import dev.kamalbackup.process.Cancellation;
import dev.kamalbackup.process.ChildEnvironment;
import dev.kamalbackup.process.Command;
import dev.kamalbackup.process.CommandOutput;
import dev.kamalbackup.process.ProcessLauncher;
import dev.kamalbackup.redact.Redactor;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The restic at hand, bound to one repository: how it is started, whatever it is asked to do. */
final class ResticProgram {
    private static final Duration VERSION_TIMEOUT = Duration.ofSeconds(30);

    private final ResticSettings settings;
    private final Map<String, String> environment;
    private final Path cacheFolder;
    private final ProcessLauncher launcher;
    private final List<String> global;
    private final Duration stallTimeout;

    /**
     * The last are arguments that stand before those of each call, and how long a restic may get nowhere before it is
     * ended.
     */
    ResticProgram(
            ResticSettings settings,
            Map<String, String> environment,
            Path cacheFolder,
            ProcessLauncher launcher,
            List<String> global,
            Duration stallTimeout) {
        this.settings = settings;
        this.environment = Map.copyOf(environment);
        this.cacheFolder = cacheFolder;
        this.launcher = launcher;
        this.global = List.copyOf(global);
        this.stallTimeout = stallTimeout;
    }

    ResticProgram with(String argument) {
        return new ResticProgram(
                settings,
                environment,
                cacheFolder,
                launcher,
                Stream.concat(global.stream(), Stream.of(argument)).toList(),
                stallTimeout);
    }

    ResticProgram with(Duration otherStallTimeout) {
        return new ResticProgram(settings, environment, cacheFolder, launcher, global, otherStallTimeout);
    }

    ResticSettings settings() {
        return settings;
    }

    /** The repository for people, without credentials. */
    String repository() {
        if (settings.location() instanceof ResticRepositoryLocation.Address address) {
            return Redactor.none().redact(address.address().reveal());
        }
        return "named in " + ((ResticRepositoryLocation.InFile) settings.location()).file();
    }

    /**
     * The version of the restic at hand.
     *
     * @throws ToolException if there is none, or one too old to be trusted with data
     */
    ResticVersion version(Cancellation cancellation) {
        CommandOutput output;
        try {
            // Its environment holds no repository: this must work before anything else does.
            Command command = new Command(settings.program(), List.of("version"), ChildEnvironment.basics(environment));
            output = launcher.run(command, VERSION_TIMEOUT, cancellation);
        } catch (ToolException missing) {
            throw new ToolException(
                    new Fault("run restic", settings.program(), missing.fault().reason(), howToGetRestic()), missing);
        }
        ResticVersion version = ResticVersion.parse(output.stdout())
                .orElseThrow(() -> new ToolException(new Fault(
                        "read the version of restic",
                        settings.program(),
                        "it answered: " + (output.stdout() + output.stderr()).strip(),
                        howToGetRestic())));
        if (!version.isUsable()) {
            throw new ToolException(new Fault(
                    "use restic " + version,
                    settings.program(),
                    "it is older than " + ResticVersion.OLDEST + ", the first that reports a missing repository, a lock"
                            + " and a wrong password apart, and that can refuse a failed dump",
                    howToGetRestic()));
        }
        return version;
    }

    /** The argument that makes restic wait for others who hold a lock. */
    String retryLock() {
        return "--retry-lock=" + settings.lockWait().toSeconds() + "s";
    }

    /** One restic from its start to its end, for what needs nothing but the lines it prints. */
    void carryOut(String operation, List<String> arguments, Consumer<String> lines, Cancellation cancellation) {
        try (ResticProcess restic = start(operation, arguments, cancellation, lines)) {
            restic.child().closeStdin();
            restic.awaitOpen();
            restic.awaitSuccess();
        }
    }

    ResticProcess start(String operation, List<String> arguments, Cancellation cancellation) {
        return start(operation, arguments, cancellation, line -> {});
    }

    ResticProcess start(String operation, List<String> arguments, Cancellation cancellation, Consumer<String> lines) {
        return new ResticProcess(launcher, command(arguments), task(operation), cancellation, lines);
    }

    /** Begins a restic whose output is the data itself. */
    DumpReading read(String operation, List<String> arguments, Cancellation cancellation) {
        return new DumpReading(launcher, command(arguments), task(operation), cancellation);
    }

    private ResticProcess.Task task(String operation) {
        return new ResticProcess.Task(
                operation, repository(), settings.openTimeout(), settings.lockWait(), stallTimeout);
    }

    private Command command(List<String> arguments) {
        List<String> line = Stream.concat(global.stream(), arguments.stream()).toList();
        return new Command(settings.program(), line, ResticEnvironment.build(settings, environment, cacheFolder));
    }

    private static String howToGetRestic() {
        return "install restic " + ResticVersion.OLDEST + " or later (Debian 13 has 0.18; https://restic.net has the"
                + " newest), put it on the PATH, or name it in restic.program; in a checkout of this project bin/setup"
                + " fetches one without touching the system";
    }
}
