package dev.kamalbackup.restore;

import dev.kamalbackup.state.FileTree;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a restore of files leaves alone because the snapshot never held it: excluded files, and the live files of
 * databases that lie among them. It never moves: an app goes on writing to its log and its database meanwhile.
 *
 * @param source the folder in the snapshot
 * @param target the folder it goes to
 * @param excludes the patterns the snapshot was made with
 * @param liveFiles absolute paths of live database files
 */
record KeptContent(Path source, Path target, Excludes excludes, List<Path> liveFiles) {
    KeptContent {
        liveFiles = List.copyOf(liveFiles);
    }

    /** The same, for a target that is known by another name. */
    KeptContent at(Path otherTarget) {
        return new KeptContent(source, otherTarget, excludes, liveFiles);
    }

    /** Whether what lies at this place below the target stays. */
    boolean stays(Path relative) {
        return isLive(target.resolve(relative)) || excludes.leaveOut(source, source.resolve(relative));
    }

    /** The live files below the target, relative to it. */
    List<Path> liveBelow() {
        return liveFiles.stream()
                .filter(file -> file.startsWith(target) && !file.equals(target))
                .map(target::relativize)
                .distinct()
                .toList();
    }

    /** Where such content is just now. */
    Places places() throws IOException {
        Places places = new Places(new LinkedHashSet<>(), new HashSet<>());
        if (!excludes.isEmpty() || !liveBelow().isEmpty()) {
            Files.walkFileTree(target, new Finder(places));
        }
        return places;
    }

    /** A place that is something else in the snapshot, so that what stays there would be in the way; empty if none is. */
    Optional<Path> inTheWay(Tally snapshot) throws IOException {
        return places().holders().stream()
                .filter(holder -> snapshot.holdsNoFolder(holder.toString()))
                .findFirst();
    }

    private boolean isLive(Path file) {
        return liveFiles.contains(file);
    }

    /**
     * All relative to the target.
     *
     * @param kept what stays; of what lies in a folder that stays only the folder
     * @param holders the folders on the way there
     */
    record Places(Set<Path> kept, Set<Path> holders) {
        /** Removes these places from another tree, so that nothing there can take their names. */
        void removeFrom(Path tree) throws IOException {
            for (Path place : kept) {
                FileTree.remove(tree.resolve(place));
            }
        }

        boolean isEmpty() {
            return kept.isEmpty();
        }
    }

    private final class Finder extends LiveFolderVisitor {
        private final Places places;

        Finder(Places places) {
            this.places = places;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            if (folder.equals(target)) {
                return FileVisitResult.CONTINUE;
            }
            if (FolderSwap.isOurs(target, folder)) {
                return FileVisitResult.SKIP_SUBTREE;
            }
            return note(folder) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            note(file);
            return FileVisitResult.CONTINUE;
        }

        private boolean note(Path found) {
            Path relative = target.relativize(found);
            if (!stays(relative)) {
                return false;
            }
            places.kept().add(relative);
            for (Path above = relative.getParent(); above != null; above = above.getParent()) {
                places.holders().add(above);
            }
            return true;
        }
    }
}
