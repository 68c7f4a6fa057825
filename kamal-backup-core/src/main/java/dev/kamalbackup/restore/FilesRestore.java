package dev.kamalbackup.restore;

import dev.kamalbackup.config.BackupPath;
import dev.kamalbackup.error.Fault;
import dev.kamalbackup.error.RestoreException;
import dev.kamalbackup.process.Cancellation;
import dev.kamalbackup.restic.Restic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Restores one path of a files snapshot, in phases: {@link #stage} changes nothing that anybody sees, {@link #swap} puts
 * the content in place, {@link #finish} removes what it replaced or {@link #undo} puts that back. Whatever happens,
 * {@link #discard} comes last.
 */
final class FilesRestore {
    private final Restic restic;
    private final RestoreTask.FilesTarget target;
    private final KeptContent kept;
    private final RestoreTask task;
    private @Nullable Replacement replacement;

    FilesRestore(Restic restic, RestoreTask.FilesTarget target, KeptContent kept, RestoreTask task) {
        this.restic = restic;
        this.target = target;
        this.kept = kept;
        this.task = task;
    }

    /**
     * Clears up after earlier restores into these targets that were killed, and after those of the whole path where this
     * one is of a part of it: each is finished, or undone.
     */
    static void recover(List<BackupPath> paths, List<RestoreTask.FilesTarget> targets) {
        Set<Path> all = new LinkedHashSet<>();
        for (RestoreTask.FilesTarget target : targets) {
            paths.stream()
                    .map(BackupPath::path)
                    .filter(target.target()::startsWith)
                    .forEach(all::add);
            all.add(target.target());
        }
        for (Path path : all) {
            attempt("clear up after an earlier restore", path, () -> {
                SingleSwap.recover(path, new FileSteps());
                if (Files.isDirectory(path)) {
                    FolderSwap.recover(path.toRealPath(), new FileSteps());
                }
            });
        }
    }

    /** Fetches and verifies everything, or for a restore in place looks whether it can begin; the target stays as it is. */
    void stage(Cancellation cancellation) {
        attempt("restore files", target.target(), () -> {
            Replacement chosen = choose(cancellation);
            replacement = chosen;
            chosen.prepare(cancellation);
        });
    }

    /**
     * Puts everything in place.
     *
     * @throws RestoreException if that fails; {@link #state} says what became of the target
     */
    void swap(Cancellation cancellation) {
        attempt("put the restored files in place", target.target(), () -> staged().apply(cancellation));
    }

    /** Removes what was replaced. */
    void finish() {
        attempt("remove the files that were replaced", target.target(), staged()::finish);
    }

    /** Puts back what was replaced; does nothing before a swap, or where there is nothing to go back to. */
    void undo() {
        attempt("put the replaced files back", target.target(), staged()::undo);
    }

    /** Removes what was staged; does nothing after a swap. */
    void discard() {
        Replacement chosen = replacement;
        if (chosen != null) {
            attempt("remove staged files", target.target(), chosen::discard);
        }
    }

    /** In which state the target is, for people. */
    String state() {
        Replacement chosen = replacement;
        return String.valueOf(chosen == null ? Replacement.State.UNTOUCHED : chosen.state());
    }

    private Replacement staged() {
        if (replacement == null) {
            throw new IllegalStateException("nothing was staged");
        }
        return replacement;
    }

    private Replacement choose(Cancellation cancellation) throws IOException {
        boolean folderHere = Files.isDirectory(target.target());
        Path place = folderHere ? target.target().toRealPath() : target.target();
        if (task.inPlace() && folderHere) {
            KeptContent here = kept.at(place);
            List<String> heldBack = new ArrayList<>();
            SnapshotListing listing = listing(path -> isHeldBack(here, path, heldBack), cancellation);
            if (isFolder(listing)) {
                return new InPlaceReplacement(restic, target, listing, here, heldBack);
            }
        }
        SnapshotListing listing = listing(path -> false, cancellation);
        // A folder goes where a link leads; anything else takes the place of the link.
        KeptContent here = kept.at(isFolder(listing) ? place : target.target());
        return new StagedReplacement(
                restic, target, listing, here, task.run().id().toString());
    }

    private SnapshotListing listing(Predicate<String> passedOver, Cancellation cancellation) {
        SnapshotListing listing = SnapshotListing.read(restic, target, passedOver, cancellation);
        if (listing.top().isEmpty()) {
            throw new RestoreException(new Fault(
                    "restore files",
                    target.target().toString(),
                    "the snapshot does not hold " + target.source(),
                    "restore another run"));
        }
        return listing;
    }

    private static boolean isFolder(SnapshotListing listing) {
        return listing.top().filter(EntryKind.FOLDER::equals).isPresent();
    }

    private static boolean isHeldBack(KeptContent kept, String path, List<String> heldBack) {
        try {
            if (path.isEmpty() || !kept.stays(Path.of(path))) {
                return false;
            }
        } catch (InvalidPathException unspeakable) {
            // A name this JVM cannot have for a file is none of ours.
            return false;
        }
        if (heldBack.stream().noneMatch(held -> path.startsWith(held + "/"))) {
            heldBack.add(path);
        }
        return true;
    }

    private static void attempt(String operation, Path target, FileWork work) {
        try {
            work.run();
        } catch (IOException failed) {
            throw failure(operation, target, failed);
        }
    }

    private static RestoreException failure(String operation, Path target, IOException failed) {
        return new RestoreException(
                new Fault(
                        operation,
                        target.toString(),
                        failed.getClass().getSimpleName() + ": " + failed.getMessage(),
                        "the target must be writable, with room for a second copy of the files"),
                failed);
    }

    @FunctionalInterface
    private interface FileWork {
        void run() throws IOException;
    }
}
