package dev.kamalbackup.restic;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.kamalbackup.config.ResticRepositoryLocation;
import dev.kamalbackup.config.ResticSettings;
import dev.kamalbackup.error.Fault;
import dev.kamalbackup.error.RepositoryException;
import dev.kamalbackup.error.ToolException;
import dev.kamalbackup.process.Cancellation;
import dev.kamalbackup.process.Command;
import dev.kamalbackup.process.CommandOutput;
import dev.kamalbackup.process.ProcessLauncher;
import dev.kamalbackup.redact.Redactor;
import dev.kamalbackup.tag.DumpPath;
import dev.kamalbackup.tag.TagSet;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.stream.Stream;

/**
 * The restic executor: one method for each thing restic is asked to do. Each call is one restic process. Safe for use
 * by several threads.
 */
public final class Restic {
    private static final int MOST_LOCKS = 10;
    private static final Duration VERSION_TIMEOUT = Duration.ofSeconds(30);

    private final ResticSettings settings;
    private final Map<String, String> environment;
    private final Path cacheFolder;
    private final ProcessLauncher launcher;
    private final CommitMethod commitMethod;
    private final List<String> global;

    public Restic(
            ResticSettings settings,
            Map<String, String> environment,
            Path cacheFolder,
            ProcessLauncher launcher,
            CommitMethod commitMethod) {
        this(settings, environment, cacheFolder, launcher, commitMethod, List.of());
    }

    private Restic(
            ResticSettings settings,
            Map<String, String> environment,
            Path cacheFolder,
            ProcessLauncher launcher,
            CommitMethod commitMethod,
            List<String> global) {
        this.settings = settings;
        this.environment = Map.copyOf(environment);
        this.cacheFolder = cacheFolder;
        this.launcher = launcher;
        this.commitMethod = commitMethod;
        this.global = global;
    }

    /** The same, but it leaves no cache behind. */
    public Restic withoutCache() {
        return new Restic(settings, environment, cacheFolder, launcher, commitMethod, List.of("--no-cache"));
    }

    /** Whether a missing repository may be created. */
    public boolean mayInit() {
        return settings.initIfMissing();
    }

    /** The repository for people, without credentials. */
    public String repository() {
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
    public ResticVersion version(Cancellation cancellation) {
        CommandOutput output;
        try {
            // Its environment holds no repository: this must work before anything else does.
            output = launcher.run(
                    new Command(
                            settings.program(),
                            List.of("version"),
                            dev.kamalbackup.process.ChildEnvironment.basics(environment)),
                    VERSION_TIMEOUT,
                    cancellation);
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

    /** Creates the repository. */
    public void init(Cancellation cancellation) {
        carryOut("create the repository", List.of("init", "--json"), line -> {}, cancellation);
    }

    /** Starts saving a dump; nothing is kept until it is committed. The gate is an empty private folder. */
    public StreamBackup openStream(
            String label, String host, TagSet tags, DumpPath path, Path gate, Cancellation cancellation) {
        List<String> arguments = backupArguments(host, tags);
        arguments.addAll(List.of("--stdin-filename", path.value()));
        arguments.addAll(StreamBackup.arguments(commitMethod, gate));
        return new StreamBackup(start("save " + label, arguments, cancellation), commitMethod, gate);
    }

    /** Saves files and folders; what cannot be read is named in the summary and does not fail the rest. */
    public BackupSummary backupFiles(
            String host,
            TagSet tags,
            List<Path> paths,
            List<String> excludes,
            LongConsumer progress,
            Cancellation cancellation) {
        List<String> arguments = backupArguments(host, tags);
        excludes.forEach(pattern -> arguments.add("--exclude=" + pattern));
        arguments.add("--");
        paths.forEach(path -> arguments.add(path.toString()));
        try (ResticProcess restic = start("save files", arguments, cancellation, line -> report(line, progress))) {
            restic.child().closeStdin();
            restic.awaitOpen();
            int exit = restic.awaitExit();
            JsonNode summary = restic.summary();
            // 3: some source could not be read, and a snapshot of the others was written.
            if ((exit != 0 && exit != 3) || summary == null || !summary.has("snapshot_id")) {
                throw restic.failure(exit);
            }
            List<String> unreadable = restic.itemErrors();
            return new BackupSummary(
                    summary.path("snapshot_id").asText(),
                    summary.path("total_bytes_processed").asLong(0),
                    exit == 3 && unreadable.isEmpty() ? List.of(restic.child().stderr()) : unreadable);
        }
    }

    /** All snapshots that carry every one of these tags. */
    public List<Snapshot> snapshots(TagSet filter, Cancellation cancellation) {
        StringBuilder output = new StringBuilder();
        List<String> arguments =
                List.of("snapshots", "--json", retryLock(), "--tag=" + String.join(",", filter.values()));
        carryOut("list snapshots", arguments, output::append, cancellation);
        try {
            return ResticJson.snapshots(output.toString()).stream()
                    .filter(snapshot -> snapshot.tags().containsAll(filter))
                    .toList();
        } catch (JsonProcessingException unreadable) {
            throw new RepositoryException(
                    RepositoryException.Kind.FAILED,
                    new Fault(
                            "list snapshots",
                            repository(),
                            "restic's answer is no JSON: " + unreadable.getOriginalMessage(),
                            ""));
        }
    }

    /** Who holds locks; looked at without taking one. At most the first ten are read. */
    public List<RepositoryLock> locks(Cancellation cancellation) {
        List<String> ids = new ArrayList<>();
        carryOut("list locks", List.of("list", "locks", "--no-lock", "--quiet"), ids::add, cancellation);
        List<RepositoryLock> locks = new ArrayList<>();
        for (String id : ids.stream()
                .filter(line -> line.matches("[0-9a-f]{64}"))
                .limit(MOST_LOCKS)
                .toList()) {
            StringBuilder output = new StringBuilder();
            carryOut("read a lock", List.of("cat", "lock", id, "--no-lock", "--quiet"), output::append, cancellation);
            ResticJson.lock(id, output.toString()).ifPresent(locks::add);
        }
        return List.copyOf(locks);
    }

    /** Everything in a snapshot. */
    public List<Node> list(String snapshot, Cancellation cancellation) {
        List<Node> nodes = new ArrayList<>();
        List<String> arguments = List.of("ls", "--json", retryLock(), snapshot);
        Consumer<String> lines = line -> {
            JsonNode node = ResticJson.parse(line);
            if (node != null && node.has("path") && node.has("type")) {
                nodes.add(new Node(
                        node.path("path").asText(),
                        node.path("type").asText(),
                        node.path("size").asLong(0)));
            }
        };
        carryOut("list snapshot " + snapshot, arguments, lines, cancellation);
        return List.copyOf(nodes);
    }

    /** Fetches one file of a snapshot whole into a new file that only its owner may read. */
    public DumpFetch fetchDump(String snapshot, String path, Path into, Cancellation cancellation) {
        try (DumpReading reading = openDump(snapshot, path, cancellation)) {
            return DumpDownload.run(reading, fetching(snapshot, path), into);
        }
    }

    /** Begins to read one file of a snapshot. */
    public DumpReading openDump(String snapshot, String path, Cancellation cancellation) {
        // --json keeps "repo already locked, waiting" out of the data (restic 0.18, 0.19).
        List<String> arguments = List.of("dump", "--json", retryLock(), snapshot, path);
        return new DumpReading(launcher, command(arguments), task(fetching(snapshot, path)), cancellation);
    }

    private static String fetching(String snapshot, String path) {
        return "fetch " + path + " of snapshot " + snapshot;
    }

    /** Restores what lies below a folder of a snapshot into a target folder. */
    public void restoreTree(String snapshot, String folder, Path target, Cancellation cancellation) {
        List<String> arguments =
                List.of("restore", "--json", retryLock(), snapshot + ":" + folder, "--target", target.toString());
        carryOut("restore " + folder + " of snapshot " + snapshot, arguments, line -> {}, cancellation);
    }

    /** Restores a single file of a snapshot into a target folder, under its own name. */
    public void restoreFile(String snapshot, String file, Path target, Cancellation cancellation) {
        int slash = file.lastIndexOf('/');
        List<String> arguments = List.of(
                "restore",
                "--json",
                retryLock(),
                snapshot + ":" + (slash == 0 ? "/" : file.substring(0, slash)),
                "--target",
                target.toString(),
                "--include=/" + file.substring(slash + 1).replaceAll("([\\\\*?\\[])", "\\\\$1"));
        carryOut("restore " + file + " of snapshot " + snapshot, arguments, line -> {}, cancellation);
    }

    /** Forgets exactly these snapshots; their data goes with the next prune. */
    public void forget(Collection<String> ids, Cancellation cancellation) {
        if (ids.isEmpty()) {
            return;
        }
        List<String> arguments = new ArrayList<>(List.of("forget", "--json", retryLock()));
        arguments.addAll(ids);
        try (ResticProcess restic = start("forget " + ids.size() + " snapshots", arguments, cancellation)) {
            restic.child().closeStdin();
            restic.awaitSuccess();
        }
    }

    /** What restic's end with this exit code means. */
    public RepositoryException failure(String operation, int exitCode, String stderr) {
        return ResticFailure.of(operation, repository(), exitCode, stderr);
    }

    private List<String> backupArguments(String host, TagSet tags) {
        List<String> arguments = new ArrayList<>(List.of("backup", "--json", retryLock(), "--host", host));
        tags.values().forEach(tag -> arguments.add("--tag=" + tag));
        return arguments;
    }

    private String retryLock() {
        return "--retry-lock=" + settings.lockWait().toSeconds() + "s";
    }

    /** One restic from its start to its end, for what needs nothing but the lines it prints. */
    private void carryOut(String operation, List<String> arguments, Consumer<String> lines, Cancellation cancellation) {
        try (ResticProcess restic = start(operation, arguments, cancellation, lines)) {
            restic.child().closeStdin();
            restic.awaitOpen();
            restic.awaitSuccess();
        }
    }

    private ResticProcess start(String operation, List<String> arguments, Cancellation cancellation) {
        return start(operation, arguments, cancellation, line -> {});
    }

    private ResticProcess start(
            String operation, List<String> arguments, Cancellation cancellation, Consumer<String> lines) {
        return new ResticProcess(launcher, command(arguments), task(operation), cancellation, lines);
    }

    private ResticProcess.Task task(String operation) {
        return new ResticProcess.Task(operation, repository(), settings.openTimeout(), settings.lockWait());
    }

    private Command command(List<String> arguments) {
        List<String> line = Stream.concat(global.stream(), arguments.stream()).toList();
        return new Command(settings.program(), line, ResticEnvironment.build(settings, environment, cacheFolder));
    }

    private static void report(String line, LongConsumer progress) {
        JsonNode message = line.contains("\"message_type\":\"status\"") ? ResticJson.parse(line) : null;
        if (message != null) {
            progress.accept(message.path("bytes_done").asLong(0));
        }
    }

    private static String howToGetRestic() {
        return "install restic " + ResticVersion.OLDEST + " or later (Debian 13 has 0.18; https://restic.net has the"
                + " newest), put it on the PATH, or name it in restic.program; in a checkout of this project bin/setup"
                + " fetches one without touching the system";
    }
}
