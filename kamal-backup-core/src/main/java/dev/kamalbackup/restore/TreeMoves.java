package dev.kamalbackup.restore;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Moves the content of a folder out of it and into it by renames. A folder that holds something that stays is not moved:
 * a twin of it takes what does not stay, and is merged with it on the way back.
 */
final class TreeMoves {
    /** A twin that has not got its attributes yet. */
    private static final String UNFINISHED = ".kamal-backup-new";

    private final Path target;
    private final FileSteps steps;

    TreeMoves(Path target, FileSteps steps) {
        this.target = target;
        this.steps = steps;
    }

    /** Moves everything but our own folders, and but what stays, into one of those folders. */
    void out(Path into, KeptContent kept) throws IOException {
        out(target, into, kept, kept.places().holders());
    }

    /**
     * Moves the content of one of our folders into the target. What has come to lie in its place meanwhile is not lost: it
     * gets a free name in the folder that is given for its place.
     */
    void in(Path from, UnaryOperator<Path> aside) throws IOException {
        in(from, target, aside);
    }

    private void out(Path from, Path to, KeptContent kept, Set<Path> holders) throws IOException {
        for (Path child : FolderSwap.children(from)) {
            Path relative = target.relativize(child);
            Path place = to.resolve(child.getFileName());
            if (FolderSwap.isOurs(target, child) || kept.stays(relative)) {
                continue;
            }
            if (holders.contains(relative)) {
                FileSteps.FolderAttributes attributes = steps.attributes(child);
                createTwin(place, attributes);
                out(child, place, kept, holders);
                steps.apply(attributes, place);
            } else if (exists(child)) {
                steps.move(child, place);
            }
        }
    }

    private void in(Path from, Path to, UnaryOperator<Path> aside) throws IOException {
        for (Path child : FolderSwap.children(from)) {
            String name = child.getFileName().toString();
            Path place = to.resolve(child.getFileName());
            if (FolderSwap.isOurs(target, place)) {
                // A backup between a crash and the next restore has saved what was in the way then.
                continue;
            }
            if (name.equals(UNFINISHED)) {
                steps.deleteFolder(child);
            } else if (!exists(place)) {
                steps.move(child, place);
            } else if (isFolder(child) && isFolder(place)) {
                FileSteps.FolderAttributes attributes = steps.attributes(child);
                in(child, place, aside);
                steps.apply(attributes, place);
                steps.deleteFolder(child);
            } else {
                steps.move(place, unused(aside.apply(place), name));
                steps.move(child, place);
            }
        }
    }

    private void createTwin(Path place, FileSteps.FolderAttributes attributes) throws IOException {
        if (isFolder(place)) {
            return;
        }
        // With its name it gets the attributes: on the way back they go to the folder it is the twin of.
        Path unfinished = place.resolveSibling(UNFINISHED);
        if (!exists(unfinished)) {
            steps.createFolder(unfinished);
        }
        steps.apply(attributes, unfinished);
        steps.move(unfinished, place);
    }

    private static Path unused(Path folder, String name) {
        Path place = folder.resolve(name + ".found-at-restore");
        for (int i = 2; exists(place); i++) {
            place = folder.resolve(name + ".found-at-restore-" + i);
        }
        return place;
    }

    private static boolean exists(Path path) {
        return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
    }

    private static boolean isFolder(Path path) {
        return Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
    }
}
