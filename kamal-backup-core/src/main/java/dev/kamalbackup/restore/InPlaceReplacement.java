package dev.kamalbackup.restore;

import dev.kamalbackup.error.Fault;
import dev.kamalbackup.error.RestoreException;
import dev.kamalbackup.process.Cancellation;
import dev.kamalbackup.restic.Restic;
import dev.kamalbackup.restic.SnapshotContents;
import dev.kamalbackup.state.FileTree;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Restic changes what differs in the live files, where they are; then goes what the snapshot does not hold. */
final class InPlaceReplacement implements Replacement {
    private final Restic restic;
    private final RestoreTask.FilesTarget task;
    private final SnapshotListing listing;
    private final KeptContent kept;
    private final List<String> heldBack;
    private State state = State.UNTOUCHED;

    /**
     * The target of what is kept is the real one, with links followed; the listing passes over what is held back, which is
     * what the snapshot holds of that.
     */
    InPlaceReplacement(
            Restic restic,
            RestoreTask.FilesTarget task,
            SnapshotListing listing,
            KeptContent kept,
            List<String> heldBack) {
        this.restic = restic;
        this.task = task;
        this.listing = listing;
        this.kept = kept;
        this.heldBack = List.copyOf(heldBack);
    }

    @Override
    public void look() throws IOException {
        kept.inTheWay(listing.tally()).ifPresent(folder -> {
            throw new RestoreException(Refusals.inTheWay(kept.target().resolve(folder)));
        });
    }

    @Override
    public void stage(Cancellation cancellation) {}

    @Override
    public void apply(Cancellation cancellation) throws IOException {
        Path target = kept.target();
        SnapshotContents contents = restic.contents(task.snapshot().id());
        state = State.BEGUN;
        // Restic does not put a file in the place of a folder that is not empty.
        Files.walkFileTree(target, new FoldersInTheWay());
        contents.updateTree(task.source().toString(), target, heldBack, cancellation);
        Files.walkFileTree(target, new Unwanted());
        listing.difference(
                        contents, target, (path, kind) -> isPassedOver(path) || isHolderAlone(path, kind), cancellation)
                .ifPresent(this::notTheSame);
        state = State.RESTORED;
    }

    @Override
    public void finish() {}

    /** There is nothing to go back to. */
    @Override
    public void undo() {}

    @Override
    public void discard() {}

    @Override
    public State state() {
        return state;
    }

    private boolean isPassedOver(Path relative) {
        return !relative.toString().isEmpty()
                && (kept.stays(relative)
                        || FolderSwap.isOurs(kept.target(), kept.target().resolve(relative)));
    }

    /** Whether this folder is there only for the sake of what stays in it; all else in it has been removed. */
    private boolean isHolderAlone(Path relative, EntryKind kind) {
        return kind == EntryKind.FOLDER && !listing.tally().holds(relative.toString(), EntryKind.FOLDER);
    }

    private void notTheSame(String reason) {
        throw new RestoreException(new Fault(
                "restore files in place",
                task.target().toString(),
                reason,
                "run the same command again; if it stays so, something else writes there, or the repository is"
                        + " damaged"));
    }

    private final class FoldersInTheWay extends LiveFolderVisitor {
        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
            Path relative = kept.target().relativize(folder);
            if (isPassedOver(relative)) {
                return FileVisitResult.SKIP_SUBTREE;
            }
            if (listing.tally().holdsNoFolder(relative.toString())) {
                FileTree.remove(folder);
                return FileVisitResult.SKIP_SUBTREE;
            }
            return FileVisitResult.CONTINUE;
        }
    }

    /** A folder on the way down. */
    private static final class Level {
        private final FileTime modified;
        private boolean changed;
        private boolean holdsKept;

        Level(FileTime modified) {
            this.modified = modified;
        }
    }

    /** Removes what the snapshot does not hold, and gives the folders it lay in their times back. */
    private final class Unwanted extends LiveFolderVisitor {
        private final Deque<Level> levels = new ArrayDeque<>();

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            if (isPassedOver(kept.target().relativize(folder))) {
                levels.element().holdsKept = true;
                return FileVisitResult.SKIP_SUBTREE;
            }
            levels.push(new Level(attributes.lastModifiedTime()));
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            Path relative = kept.target().relativize(file);
            if (isPassedOver(relative)) {
                levels.element().holdsKept = true;
            } else if (!listing.tally().holds(relative.toString(), EntryKind.of(attributes))) {
                Files.deleteIfExists(file);
                levels.element().changed = true;
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failed) throws IOException {
            if (failed != null) {
                throw failed;
            }
            Level level = levels.pop();
            if (folder.equals(kept.target())) {
                return FileVisitResult.CONTINUE;
            }
            boolean wanted =
                    listing.tally().holds(kept.target().relativize(folder).toString(), EntryKind.FOLDER);
            if (!wanted && !level.holdsKept) {
                Files.delete(folder);
                levels.element().changed = true;
            } else {
                levels.element().holdsKept |= level.holdsKept;
                if (wanted && level.changed) {
                    Files.setLastModifiedTime(folder, level.modified);
                }
            }
            return FileVisitResult.CONTINUE;
        }
    }
}
