package dev.kamalbackup.restic;

import dev.kamalbackup.process.Cancellation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** What one snapshot holds: listed, read and restored. Each call is one restic process. */
public final class SnapshotContents {
    private final ResticProgram program;
    private final String snapshot;

    /** @param snapshot its id */
    SnapshotContents(ResticProgram program, String snapshot) {
        this.program = program;
        this.snapshot = snapshot;
    }

    /** Everything in it. */
    public List<Node> list(Cancellation cancellation) {
        List<Node> nodes = new ArrayList<>();
        list(List.of(), nodes::add, cancellation);
        return List.copyOf(nodes);
    }

    /** What it holds at and below these paths, or any, handed over as it is read, on a thread that must not fail. */
    public void list(List<String> paths, Consumer<Node> nodes, Cancellation cancellation) {
        List<String> arguments = new ArrayList<>(List.of("ls", "--json", program.retryLock(), "--recursive", snapshot));
        arguments.addAll(paths);
        Consumer<String> lines = line -> ResticJson.node(line).ifPresent(nodes);
        program.carryOut("list snapshot " + snapshot, arguments, lines, cancellation);
    }

    /** Fetches one file of it whole into a new file that only its owner may read. */
    public DumpFetch fetchDump(String path, Path into, Cancellation cancellation) {
        return new DumpDownload(program, fetching(path), into).run(snapshot, path, cancellation);
    }

    /** Begins to read one file of it. */
    public DumpReading openDump(String path, Cancellation cancellation) {
        // --json keeps "repo already locked, waiting" out of the data (restic 0.18, 0.19).
        List<String> arguments = List.of("dump", "--json", program.retryLock(), snapshot, path);
        return program.read(fetching(path), arguments, cancellation);
    }

    /** Restores what lies below a folder of it into a target folder. */
    public void restoreTree(String folder, Path target, Cancellation cancellation) {
        List<String> arguments = List.of(
                "restore", "--json", program.retryLock(), snapshot + ":" + folder, "--target", target.toString());
        program.carryOut("restore " + folder + " of snapshot " + snapshot, arguments, line -> {}, cancellation);
    }

    /** Restores one file or folder of it into a target folder, under its own name and with its attributes. */
    public void restoreEntry(String path, Path target, Cancellation cancellation) {
        int slash = path.lastIndexOf('/');
        List<String> arguments = List.of(
                "restore",
                "--json",
                program.retryLock(),
                snapshot + ":" + (slash == 0 ? "/" : path.substring(0, slash)),
                "--target",
                target.toString(),
                "--include=/" + escaped(path.substring(slash + 1)));
        program.carryOut("restore " + path + " of snapshot " + snapshot, arguments, line -> {}, cancellation);
    }

    /**
     * Gives the files below a folder the content and attributes they have in it; what has the same size and time
     * already is not read. What the snapshot does not hold stays: {@code --delete} would leave a target alone whose folder
     * is empty in the snapshot, and would take excluded files with the folder they lie in (0.17 to 0.19).
     *
     * @param leaveAlone paths relative to the folder that are not touched
     */
    public void updateTree(String folder, Path target, List<String> leaveAlone, Cancellation cancellation) {
        List<String> arguments = new ArrayList<>(List.of(
                "restore",
                "--json",
                program.retryLock(),
                snapshot + ":" + folder,
                "--target",
                target.toString(),
                "--overwrite=if-changed"));
        leaveAlone.forEach(path -> arguments.add("--exclude=/" + escaped(path)));
        program.carryOut("update " + folder + " from snapshot " + snapshot, arguments, line -> {}, cancellation);
    }

    private String fetching(String path) {
        return "fetch " + path + " of snapshot " + snapshot;
    }

    private static String escaped(String literal) {
        return literal.replaceAll("([\\\\*?\\[])", "\\\\$1");
    }
}
