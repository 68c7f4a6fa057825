package dev.kamalbackup.restore;

import dev.kamalbackup.error.Fault;
import dev.kamalbackup.error.RestoreException;
import dev.kamalbackup.process.Cancellation;
import dev.kamalbackup.restic.Node;
import dev.kamalbackup.restic.Restic;
import dev.kamalbackup.state.FileTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Restores one path of a files snapshot: first into a hidden folder in the target's own file system, where it is
 * compared with the snapshot's listing; only then, in a second step, by renaming.
 */
final class FilesRestore {
    private final Restic restic;
    private final RestoreTask.FilesTarget task;
    private final KeptContent kept;
    private final String suffix;
    private final Path target;
    private boolean singleFile;
    private @Nullable Path stage;

    FilesRestore(Restic restic, RestoreTask.FilesTarget task, KeptContent kept, String suffix) {
        this.restic = restic;
        this.task = task;
        this.kept = kept;
        this.suffix = suffix;
        this.target = task.target();
    }

    /** Clears up after an earlier restore into this target that was killed. */
    void recover() {
        attempt("clear up after an earlier restore", () -> {
            if (Files.isDirectory(target, LinkOption.NOFOLLOW_LINKS)) {
                FolderSwap.recover(target, kept);
            }
        });
    }

    /** Fetches and verifies everything; the target is not touched. */
    void stage(Cancellation cancellation) {
        Map<Path, Node> expected = listing(cancellation);
        Node top = expected.get(Path.of(""));
        if (top == null) {
            throw failure("the snapshot does not hold " + task.source(), "restore another run");
        }
        singleFile = !top.type().equals("dir");
        Path folder = stageFolder();
        stage = folder;
        attempt("make a folder for the files to restore", () -> {
            FileTree.remove(folder);
            Files.createDirectories(folder);
        });
        Path source = singleFile ? parent(task.source()) : task.source();
        if (singleFile) {
            restic.restoreFile(task.snapshot().id(), task.source().toString(), folder, cancellation);
        } else {
            restic.restoreTree(task.snapshot().id(), source.toString(), folder, cancellation);
        }
        attempt("verify the restored files", () -> verify(folder, expected));
    }

    /** Puts the staged files in place of what is there. */
    void swap() {
        Path folder = staged();
        attempt("put the restored files in place", () -> {
            if (singleFile) {
                Files.createDirectories(parent(target));
                FileTree.remove(target);
                Files.move(folder.resolve(task.source().getFileName()), target);
            } else if (Files.isDirectory(target, LinkOption.NOFOLLOW_LINKS)) {
                new FolderSwap(target, folder, suffix, kept).swap();
            } else {
                FileTree.remove(target);
                Files.createDirectories(parent(target));
                Files.move(folder, target);
            }
        });
    }

    /** Removes what was staged; does nothing after a swap. */
    void discard() {
        Path folder = stage;
        if (folder != null) {
            attempt("remove staged files", () -> FileTree.remove(folder));
        }
    }

    private Path staged() {
        if (stage == null) {
            throw new IllegalStateException("nothing was staged");
        }
        return stage;
    }

    /** In the target itself when it is a folder, since it may be a mount point; else in the nearest folder above it. */
    private Path stageFolder() {
        if (!singleFile && Files.isDirectory(target, LinkOption.NOFOLLOW_LINKS)) {
            return target.resolve(FolderSwap.STAGE + suffix);
        }
        Path above = parent(target);
        while (!Files.isDirectory(above)) {
            above = parent(above);
        }
        return above.resolve(FolderSwap.STAGE + target.getFileName() + "-" + suffix);
    }

    /** Everything the snapshot holds at and below the source, by its path relative to it. */
    private Map<Path, Node> listing(Cancellation cancellation) {
        return restic.list(task.snapshot().id(), cancellation).stream()
                .filter(node -> Path.of(node.path()).startsWith(task.source()))
                .collect(Collectors.toMap(
                        node -> task.source().relativize(Path.of(node.path())),
                        node -> node,
                        (first, second) -> second,
                        TreeMap::new));
    }

    private void verify(Path folder, Map<Path, Node> expected) throws IOException {
        Path top = singleFile ? folder.resolve(task.source().getFileName()) : folder;
        for (Map.Entry<Path, Node> entry : expected.entrySet()) {
            Path file = entry.getKey().toString().isEmpty() ? top : top.resolve(entry.getKey());
            if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                throw failure(
                        "restic restored no " + entry.getValue().path(), "run it again, then check the repository");
            }
            if (entry.getValue().type().equals("file")
                    && Files.size(file) != entry.getValue().size()) {
                throw failure(
                        entry.getValue().path() + " has " + Files.size(file) + " bytes instead of "
                                + entry.getValue().size(),
                        "run it again, then check the repository");
            }
        }
        try (Stream<Path> found = Files.walk(top)) {
            long count = found.count();
            if (count != expected.size()) {
                throw failure(
                        "restic restored " + count + " files and folders instead of " + expected.size(),
                        "run it again, then check the repository");
            }
        }
    }

    private RestoreException failure(String reason, String hint) {
        return new RestoreException(new Fault("restore files", target.toString(), reason, hint));
    }

    private void attempt(String operation, FileWork work) {
        try {
            work.run();
        } catch (IOException failed) {
            throw new RestoreException(
                    new Fault(
                            operation,
                            target.toString(),
                            failed.getClass().getSimpleName() + ": " + failed.getMessage(),
                            "the target must be writable, with room for a second copy of the files"),
                    failed);
        }
    }

    private static Path parent(Path path) {
        Path parent = path.toAbsolutePath().getParent();
        return parent == null ? path : parent;
    }

    @FunctionalInterface
    private interface FileWork {
        void run() throws IOException;
    }
}
