package dev.kamalbackup.restore;

import dev.kamalbackup.error.Fault;
import dev.kamalbackup.error.RestoreException;
import dev.kamalbackup.process.Cancellation;
import dev.kamalbackup.restic.Restic;
import dev.kamalbackup.restic.SnapshotContents;
import dev.kamalbackup.state.FileTree;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A second copy in a hidden folder of the target's own file system, compared with the listing, then swapped in. */
final class StagedReplacement implements Replacement {
    private final Restic restic;
    private final RestoreTask.FilesTarget task;
    private final SnapshotListing listing;
    private final KeptContent kept;
    private final boolean wholeFolder;
    private final Swap swap;
    private final Path work;
    private final Path stage;
    private final List<Path> newParents = new ArrayList<>();
    private State state = State.UNTOUCHED;

    /** The target of what is kept is the real one, with links followed. */
    StagedReplacement(
            Restic restic, RestoreTask.FilesTarget task, SnapshotListing listing, KeptContent kept, String suffix) {
        this.restic = restic;
        this.task = task;
        this.listing = listing;
        this.kept = kept;
        Path target = kept.target();
        boolean folder = listing.top().filter(EntryKind.FOLDER::equals).isPresent();
        this.wholeFolder = folder && isFolder(target);
        if (wholeFolder) {
            FolderSwap folderSwap = new FolderSwap(kept, suffix, new FileSteps());
            this.swap = folderSwap;
            this.work = folderSwap.stage();
            this.stage = work;
        } else {
            SingleSwap singleSwap = new SingleSwap(target, suffix, sourceName(), new FileSteps());
            this.swap = singleSwap;
            this.work = singleSwap.work();
            this.stage = singleSwap.stage();
        }
    }

    @Override
    public void look() throws IOException {
        if (wholeFolder) {
            kept.inTheWay(listing.tally()).ifPresent(this::inTheWay);
        } else if (isFolder(kept.target()) && !kept.places().isEmpty()) {
            inTheWay(Path.of(""));
        }
    }

    @Override
    public void stage(Cancellation cancellation) throws IOException {
        createParents(kept.target().getParent());
        createPrivate(work);
        if (!stage.equals(work)) {
            createPrivate(stage);
        }
        SnapshotContents contents = restic.contents(task.snapshot().id());
        if (wholeFolder) {
            contents.restoreTree(task.source().toString(), stage, cancellation);
        } else {
            contents.restoreEntry(task.source().toString(), stage, cancellation);
        }
        Path tree = wholeFolder ? stage : stage.resolve(sourceName());
        if (Files.exists(tree, LinkOption.NOFOLLOW_LINKS)) {
            listing.difference(contents, tree, (path, kind) -> false, cancellation)
                    .ifPresent(this::notTheSame);
        } else {
            notTheSame("restic restored no " + task.source());
        }
        if (wholeFolder) {
            kept.places().removeFrom(stage);
            for (Path live : kept.liveBelow()) {
                FileTree.remove(stage.resolve(live));
            }
        }
    }

    @Override
    public void apply(Cancellation cancellation) throws IOException {
        try {
            swap.swap();
            state = State.RESTORED;
        } catch (IOException failed) {
            state = swap.isBegun() ? State.BEGUN : State.UNTOUCHED;
            throw failed;
        }
    }

    @Override
    public void finish() throws IOException {
        swap.finish();
    }

    @Override
    public void undo() throws IOException {
        if (swap.isBegun()) {
            state = State.BEGUN;
            swap.undo();
            state = State.UNTOUCHED;
        }
    }

    @Override
    public void discard() throws IOException {
        // What is half done needs all there is to be brought to an end.
        if (state == State.UNTOUCHED) {
            FileTree.remove(work);
            for (int i = newParents.size() - 1; i >= 0; i--) {
                deleteIfEmpty(newParents.get(i));
            }
        }
    }

    @Override
    public State state() {
        return state;
    }

    private void inTheWay(Path folder) {
        throw new RestoreException(Refusals.inTheWay(kept.target().resolve(folder)));
    }

    private void notTheSame(String reason) {
        throw new RestoreException(new Fault(
                "restore files", task.target().toString(), reason, "run it again, then check the repository"));
    }

    private void createParents(@Nullable Path folder) throws IOException {
        if (folder != null && !Files.isDirectory(folder)) {
            createParents(folder.getParent());
            Files.createDirectory(folder);
            newParents.add(folder);
        }
    }

    private static void deleteIfEmpty(Path folder) throws IOException {
        try {
            Files.deleteIfExists(folder);
        } catch (DirectoryNotEmptyException inUse) {
            // Somebody else uses it by now.
        }
    }

    private String sourceName() {
        return String.valueOf(task.source().getFileName());
    }

    private static boolean isFolder(Path path) {
        return Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
    }

    private static void createPrivate(Path folder) throws IOException {
        FileTree.remove(folder);
        Files.createDirectory(
                folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
}
