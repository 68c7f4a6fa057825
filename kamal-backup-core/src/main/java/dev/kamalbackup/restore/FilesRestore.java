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
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Restores one path of a files snapshot, in phases: {@link #look} refuses what cannot be, {@link #stage} fetches and
 * changes nothing that anybody sees, {@link #swap} puts the content in place, {@link #finish} removes what it replaced or
 * {@link #undo} puts that back. Whatever happens, {@link #discard} comes last.
 */
final class FilesRestore {
    private static final String WRITABLE = "the target must be writable, with room for a second copy of the files";

    private final Restic restic;
    private final RestoreTask.FilesTarget target;
    private final RestoreTask task;
    private final Path place;
    private final KeptContent kept;
    private final List<String> heldBack = new ArrayList<>();
    private final SnapshotListing listing;
    private @Nullable Replacement replacement;

    /** To be made after {@link #recover}, which may bring the target back. */
    FilesRestore(Restic restic, RestoreTask.FilesTarget target, KeptContent kept, RestoreTask task) {
        this.restic = restic;
        this.target = target;
        this.task = task;
        this.place = real(target.target());
        this.kept = kept.at(place);
        this.listing = new SnapshotListing(target, task.inPlace() ? this::isHeldBack : path -> false);
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

    /**
     * Reads what is to come, of all of them at once, and refuses what cannot be; nothing has been fetched yet.
     *
     * @throws RestoreException if the snapshot does not hold it, if there is not the room for it, or if something that is
     *     kept is in its way
     */
    static void look(Restic restic, List<FilesRestore> restores, Cancellation cancellation) {
        SnapshotListing.read(
                restic, restores.stream().map(restore -> restore.listing).toList(), cancellation);
        List<Room> rooms = new ArrayList<>();
        for (FilesRestore restore : restores) {
            attempt("restore files", restore.target.target(), () -> restore.look(rooms));
        }
        attempt("restore files", Path.of(""), () -> Room.require(rooms));
    }

    private void look(List<Room> rooms) throws IOException {
        EntryKind top = listing.top()
                .orElseThrow(() -> new RestoreException(new Fault(
                        "restore files",
                        target.target().toString(),
                        "the snapshot does not hold " + target.source(),
                        "restore another run")));
        Replacement chosen;
        if (task.inPlace() && top == EntryKind.FOLDER && Files.isDirectory(place)) {
            chosen = new InPlaceReplacement(restic, target, listing, kept, heldBack);
        } else {
            // A folder goes where a link leads; anything else takes the place of the link.
            KeptContent here = top == EntryKind.FOLDER ? kept : kept.at(target.target());
            chosen = new StagedReplacement(
                    restic, target, listing, here, task.run().id().toString());
            rooms.add(Room.at(place, listing.tally().room()));
        }
        chosen.look();
        replacement = chosen;
    }

    /** Does this for each of them even if it fails for one; the first failure is thrown in the end. */
    static void forAll(List<FilesRestore> restores, Consumer<FilesRestore> phase) {
        RestoreException first = null;
        for (FilesRestore each : restores) {
            try {
                phase.accept(each);
            } catch (RestoreException failed) {
                if (first == null) {
                    first = failed;
                } else {
                    first.addSuppressed(failed);
                }
            }
        }
        if (first != null) {
            throw first;
        }
    }

    /** Fetches and verifies everything that is staged. */
    void stage(Cancellation cancellation) {
        attempt("restore files", target.target(), () -> chosen().stage(cancellation));
    }

    /**
     * Puts everything in place.
     *
     * @throws RestoreException if that fails; {@link #state} says what became of the target
     */
    void swap(Cancellation cancellation) {
        attempt("put the restored files in place", target.target(), () -> chosen().apply(cancellation));
    }

    /** Removes what was replaced. */
    void finish() {
        try {
            chosen().finish();
        } catch (IOException failed) {
            throw failure(
                    "remove the files that were replaced",
                    target.target(),
                    failed,
                    "the restored files are in place; the next restore tries again to remove what they replaced");
        }
    }

    /** Puts back what was replaced; does nothing before a swap, or where there is nothing to go back to. */
    void undo() {
        attempt("put the replaced files back", target.target(), chosen()::undo);
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

    private Replacement chosen() {
        if (replacement == null) {
            throw new IllegalStateException("nobody has looked yet");
        }
        return replacement;
    }

    private boolean isHeldBack(String path) {
        try {
            // What a backup between a crash and the next restore has saved of our own folders is held back, too.
            if (path.isEmpty() || !(FolderSwap.isOurs(path) || kept.stays(Path.of(path)))) {
                return false;
            }
        } catch (InvalidPathException unspeakable) {
            // A name this JVM cannot give to a file is none of a file that stays.
            return false;
        }
        if (heldBack.stream().noneMatch(held -> path.startsWith(held + "/"))) {
            heldBack.add(path);
        }
        return true;
    }

    private static Path real(Path target) {
        try {
            return Files.isDirectory(target) ? target.toRealPath() : target;
        } catch (IOException failed) {
            throw failure("restore files", target, failed, WRITABLE);
        }
    }

    private static void attempt(String operation, Path target, FileWork work) {
        try {
            work.run();
        } catch (IOException failed) {
            throw failure(operation, target, failed, WRITABLE);
        }
    }

    private static RestoreException failure(String operation, Path target, IOException failed, String hint) {
        return new RestoreException(
                new Fault(
                        operation,
                        target.toString(),
                        failed.getClass().getSimpleName() + ": " + failed.getMessage(),
                        hint),
                failed);
    }

    @FunctionalInterface
    private interface FileWork {
        void run() throws IOException;
    }
}
