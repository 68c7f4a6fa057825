package dev.kamalbackup.restic;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.kamalbackup.config.BackupSettings;
import dev.kamalbackup.config.ResticSettings;
import dev.kamalbackup.error.Fault;
import dev.kamalbackup.error.RepositoryException;
import dev.kamalbackup.process.Cancellation;
import dev.kamalbackup.process.ProcessLauncher;
import dev.kamalbackup.tag.DumpPath;
import dev.kamalbackup.tag.TagSet;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;

/**
 * The restic executor: one method for each thing restic is asked to do. Each call is one restic process. Safe for use
 * by several threads.
 */
public final class Restic {
    private static final int MOST_LOCKS = 10;
    private static final Duration STALL_TIMEOUT = BackupSettings.defaults().stallTimeout();

    private final ResticProgram program;
    private final CommitMethod commitMethod;

    public Restic(
            ResticSettings settings,
            Map<String, String> environment,
            Path cacheFolder,
            ProcessLauncher launcher,
            CommitMethod commitMethod) {
        this(new ResticProgram(settings, environment, cacheFolder, launcher, List.of(), STALL_TIMEOUT), commitMethod);
    }

    private Restic(ResticProgram program, CommitMethod commitMethod) {
        this.program = program;
        this.commitMethod = commitMethod;
    }

    /** The same, but it leaves no cache behind. */
    public Restic withoutCache() {
        return new Restic(program.with("--no-cache"), commitMethod);
    }

    /** The same, but a restic that gets nowhere for so long is ended. */
    public Restic endedAfter(Duration stallTimeout) {
        return new Restic(program.with(stallTimeout), commitMethod);
    }

    /** Whether a missing repository may be created. */
    public boolean mayInit() {
        return program.settings().initIfMissing();
    }

    /** Whether a snapshot of a dump means that the dump was proven whole, even if this process was killed meanwhile. */
    public boolean savesOnlyWhatIsProven() {
        return commitMethod == CommitMethod.MARKER;
    }

    /** The repository for people, without credentials. */
    public String repository() {
        return program.repository();
    }

    /**
     * The version of the restic at hand.
     *
     * @throws dev.kamalbackup.error.ToolException if there is none, or one too old to be trusted with data
     */
    public ResticVersion version(Cancellation cancellation) {
        return program.version(cancellation);
    }

    /** Creates the repository. */
    public void init(Cancellation cancellation) {
        program.carryOut("create the repository", List.of("init", "--json"), line -> {}, cancellation);
    }

    /** Starts saving a dump; nothing is kept until it is committed. The gate is an empty private folder. */
    public StreamBackup openStream(
            String label, String host, TagSet tags, DumpPath path, Path gate, Cancellation cancellation) {
        List<String> arguments = backupArguments(host, tags);
        // A stream has no size or time to compare, and to look for the snapshot before it restic reads every one there
        // is:
        // a damaged one would fail the dump (0.17 to 0.19).
        arguments.addAll(List.of("--force", "--stdin-filename", path.value()));
        arguments.addAll(StreamBackup.arguments(commitMethod, gate));
        return new StreamBackup(program.start("save " + label, arguments, cancellation), commitMethod, gate);
    }

    /**
     * Saves files and folders; what cannot be read is named in the summary and does not fail the rest.
     *
     * @param everyFile whether every file is read, also those that the snapshot before has with the same size and time; else restic
     *     reads every snapshot to find that one, and a damaged one fails it
     */
    public BackupSummary backupFiles(
            String host,
            TagSet tags,
            List<Path> paths,
            List<String> excludes,
            boolean everyFile,
            LongConsumer progress,
            Cancellation cancellation) {
        List<String> arguments = backupArguments(host, tags);
        if (everyFile) {
            arguments.add("--force");
        }
        excludes.forEach(pattern -> arguments.add("--exclude=" + pattern));
        arguments.add("--");
        paths.forEach(path -> arguments.add(path.toString()));
        try (ResticProcess restic =
                program.start("save files", arguments, cancellation, line -> report(line, progress))) {
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
                List.of("snapshots", "--json", program.retryLock(), "--tag=" + String.join(",", filter.values()));
        program.carryOut("list snapshots", arguments, output::append, cancellation);
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
        program.carryOut("list locks", List.of("list", "locks", "--no-lock", "--quiet"), ids::add, cancellation);
        List<RepositoryLock> locks = new ArrayList<>();
        for (String id : ids.stream()
                .filter(line -> line.matches("[0-9a-f]{64}"))
                .limit(MOST_LOCKS)
                .toList()) {
            StringBuilder output = new StringBuilder();
            program.carryOut(
                    "read a lock", List.of("cat", "lock", id, "--no-lock", "--quiet"), output::append, cancellation);
            ResticJson.lock(id, output.toString()).ifPresent(locks::add);
        }
        return List.copyOf(locks);
    }

    /** What a snapshot holds. */
    public SnapshotContents contents(String snapshot) {
        return new SnapshotContents(program, snapshot);
    }

    /** Forgets exactly these snapshots; their data goes with the next prune. */
    public void forget(Collection<String> ids, Cancellation cancellation) {
        forget(ids, List.of(), cancellation);
    }

    /** Forgets exactly these snapshots and removes the data that no other one needs. */
    public void forgetAndPrune(Collection<String> ids, Cancellation cancellation) {
        forget(ids, List.of("--prune"), cancellation);
    }

    private void forget(Collection<String> ids, List<String> options, Cancellation cancellation) {
        if (ids.isEmpty()) {
            return;
        }
        List<String> arguments = new ArrayList<>(List.of("forget", "--json", program.retryLock()));
        arguments.addAll(options);
        arguments.addAll(ids);
        try (ResticProcess restic = program.start("forget " + ids.size() + " snapshots", arguments, cancellation)) {
            restic.child().closeStdin();
            restic.awaitSuccess();
        }
    }

    /**
     * Checks the structure of the repository, and as much of its data as wanted.
     *
     * @param subset in restic's own writing; empty for none of the data
     * @param output where restic's words go
     */
    public void check(String subset, StringBuilder output, Cancellation cancellation) {
        List<String> arguments = new ArrayList<>(List.of("check", program.retryLock()));
        if (!subset.isEmpty()) {
            arguments.add("--read-data-subset=" + subset);
        }
        program.carryOut(
                "check the repository", arguments, line -> output.append(line).append('\n'), cancellation);
    }

    /** How many bytes all data of the repository take. */
    public long size(Cancellation cancellation) {
        StringBuilder output = new StringBuilder();
        program.carryOut(
                "measure the repository",
                List.of("stats", "--json", "--mode=raw-data", program.retryLock()),
                output::append,
                cancellation);
        JsonNode answer = ResticJson.parse(output.toString());
        if (answer == null || !answer.has("total_size")) {
            throw new RepositoryException(
                    RepositoryException.Kind.FAILED,
                    new Fault("measure the repository", repository(), "restic's answer has no total_size", ""));
        }
        return answer.path("total_size").asLong();
    }

    /** Removes the locks that restic calls stale, or all of them. */
    public void unlock(boolean all, Cancellation cancellation) {
        program.carryOut(
                "remove locks", all ? List.of("unlock", "--remove-all") : List.of("unlock"), line -> {}, cancellation);
    }

    /** What restic's end with this exit code means. */
    public RepositoryException failure(String operation, int exitCode, String stderr) {
        return ResticFailure.of(operation, repository(), exitCode, stderr);
    }

    private List<String> backupArguments(String host, TagSet tags) {
        List<String> arguments = new ArrayList<>(List.of("backup", "--json", program.retryLock(), "--host", host));
        tags.values().forEach(tag -> arguments.add("--tag=" + tag));
        return arguments;
    }

    private static void report(String line, LongConsumer progress) {
        JsonNode message = line.contains("\"message_type\":\"status\"") ? ResticJson.parse(line) : null;
        if (message != null) {
            progress.accept(message.path("bytes_done").asLong(0));
        }
    }
}
