package dev.kamalbackup.restore;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;

/**
 * Replaces what has one name: a file, a link, or nothing at all. All that is needed lies in a folder
 * {@code .kamal-backup-single-…} beside it, where the old has its second name before the new is renamed over it, so that
 * there is always one of both.
 */
final class SingleSwap implements Swap {
    static final String WORK = ".kamal-backup-single-";

    private final Path target;
    private final String sourceName;
    private final FileSteps steps;
    private final Path work;
    private final Path remove;
    private boolean begun;

    /** The last but one is the name under which the new content is staged. */
    SingleSwap(Path target, String suffix, String sourceName, FileSteps steps) {
        this.target = target;
        this.sourceName = sourceName;
        this.steps = steps;
        this.work = target.resolveSibling(prefix(target) + suffix);
        this.remove = target.resolveSibling(FolderSwap.REMOVE + work.getFileName());
    }

    /** The folder that holds all there is besides the target. */
    Path work() {
        return work;
    }

    /** Where what is to come in is staged, under its name in the snapshot. */
    Path stage() {
        return work.resolve("new");
    }

    @Override
    public void swap() throws IOException {
        if (exists(target)) {
            steps.createFolder(work.resolve("old"));
            if (isFolder(target) || isFolder(staged()) || !isLinked()) {
                steps.move(target, old());
                begun = true;
            }
        }
        try {
            steps.move(staged(), target);
            begun = true;
        } catch (IOException failed) {
            takeBack(failed);
            throw failed;
        }
    }

    @Override
    public boolean isBegun() {
        return begun;
    }

    @Override
    public void finish() throws IOException {
        steps.move(work, remove);
        begun = false;
        steps.removeTree(remove);
    }

    @Override
    public void undo() throws IOException {
        if (!exists(old())) {
            steps.move(target, staged());
        } else {
            if (isFolder(old()) || isFolder(target)) {
                steps.move(target, staged());
            }
            steps.move(old(), target);
        }
        begun = false;
    }

    /** Brings what killed restores of this file left beside it to an end. It may be killed itself, and started again. */
    static void recover(Path target, FileSteps steps) throws IOException {
        Path folder = target.getParent();
        if (folder != null && Files.isDirectory(folder)) {
            recover(folder, prefix(target), steps);
        }
    }

    /** The same for everything in a folder. */
    static void recoverAll(Path folder, FileSteps steps) throws IOException {
        recover(folder, WORK, steps);
    }

    private static void recover(Path folder, String prefix, FileSteps steps) throws IOException {
        for (Path left : FolderSwap.children(folder)) {
            String name = left.getFileName().toString();
            if (name.startsWith(prefix)) {
                Path old = left.resolve("old");
                for (Path content : isFolder(old) ? FolderSwap.children(old) : List.<Path>of()) {
                    Path place = folder.resolve(content.getFileName());
                    if (!exists(place)) {
                        steps.move(content, place);
                    }
                }
                Path remove = folder.resolve(FolderSwap.REMOVE + name);
                steps.move(left, remove);
                steps.removeTree(remove);
            } else if (name.startsWith(FolderSwap.REMOVE + prefix)) {
                steps.removeTree(left);
            }
        }
    }

    /** The name of the target may be too long to be part of another one. */
    private static String prefix(Path target) {
        String name = String.valueOf(target.getFileName());
        return WORK + UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)) + "-";
    }

    private Path staged() {
        return stage().resolve(sourceName);
    }

    private Path old() {
        return work.resolve("old").resolve(String.valueOf(target.getFileName()));
    }

    /** Not every file system has second names, and not everybody may give them to files of others. */
    private boolean isLinked() throws IOException {
        try {
            steps.link(target, old());
            return true;
        } catch (UnsupportedOperationException | FileSystemException impossible) {
            return false;
        }
    }

    private void takeBack(IOException reason) {
        try {
            if (begun) {
                steps.move(old(), target);
                begun = false;
            }
        } catch (IOException stuck) {
            reason.addSuppressed(stuck);
        }
    }

    private static boolean exists(Path path) {
        return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
    }

    private static boolean isFolder(Path path) {
        return Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
    }
}
