package dev.kamalbackup.restore;

import dev.kamalbackup.state.FileTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Replaces the content of a folder, but not the folder, which may be a mount point. Everything happens by renames inside
 * the folder, in an order that a later start can always read off and bring to an end:
 *
 * <ol>
 *   <li>old content moves into {@code .kamal-backup-replacing-X}; a crash here is undone;
 *   <li>that folder is renamed to {@code .kamal-backup-replaced-X}: from here on a crash is completed;
 *   <li>staged content moves in, excluded content moves back;
 *   <li>the folder is renamed to {@code .kamal-backup-remove-X} and removed.
 * </ol>
 */
final class FolderSwap {
    static final String STAGE = ".kamal-backup-restore-";
    private static final String REPLACING = ".kamal-backup-replacing-";
    private static final String REPLACED = ".kamal-backup-replaced-";
    private static final String REMOVE = ".kamal-backup-remove-";

    private final Path target;
    private final Path stage;
    private final KeptContent kept;
    private final Path replacing;
    private final Path replaced;
    private final Path remove;

    FolderSwap(Path target, Path stage, String suffix, KeptContent kept) {
        this.target = target;
        this.stage = stage;
        this.kept = kept;
        this.replacing = target.resolve(REPLACING + suffix);
        this.replaced = target.resolve(REPLACED + suffix);
        this.remove = target.resolve(REMOVE + suffix);
    }

    void swap() throws IOException {
        Files.createDirectory(replacing);
        try {
            moveChildren(target, replacing);
        } catch (IOException failed) {
            moveChildren(replacing, target);
            Files.delete(replacing);
            throw failed;
        }
        Files.move(replacing, replaced);
        complete();
    }

    /** Brings what a killed restore left in this folder to an end: undone before the point of no return, else done. */
    static void recover(Path target, KeptContent kept) throws IOException {
        for (Path left : children(target)) {
            String name = left.getFileName().toString();
            if (name.startsWith(REPLACING)) {
                moveChildren(left, target);
                Files.delete(left);
            } else if (name.startsWith(REPLACED)) {
                String suffix = name.substring(REPLACED.length());
                new FolderSwap(target, target.resolve(STAGE + suffix), suffix, kept).complete();
            } else if (name.startsWith(REMOVE)) {
                FileTree.remove(left);
            }
        }
        // Last: completing needs the staged content.
        for (Path left : children(target)) {
            if (left.getFileName().toString().startsWith(STAGE)) {
                FileTree.remove(left);
            }
        }
    }

    private void complete() throws IOException {
        if (Files.isDirectory(stage)) {
            moveChildren(stage, target);
            Files.delete(stage);
        }
        bringBackKept(replaced);
        Files.move(replaced, remove);
        FileTree.remove(remove);
    }

    private void bringBackKept(Path folder) throws IOException {
        for (Path old : children(folder)) {
            Path relative = replaced.relativize(old);
            Path place = target.resolve(relative);
            if (kept.stays(relative)) {
                if (!Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
                    Files.createDirectories(place.getParent());
                    Files.move(old, place);
                }
            } else if (Files.isDirectory(old, LinkOption.NOFOLLOW_LINKS)) {
                bringBackKept(old);
            }
        }
    }

    private static void moveChildren(Path from, Path to) throws IOException {
        for (Path child : children(from)) {
            if (!isOurs(child)) {
                Files.move(child, to.resolve(child.getFileName()));
            }
        }
    }

    private static boolean isOurs(Path child) {
        String name = child.getFileName().toString();
        return Stream.of(STAGE, REPLACING, REPLACED, REMOVE).anyMatch(name::startsWith);
    }

    private static List<Path> children(Path folder) throws IOException {
        List<Path> children = new ArrayList<>();
        try (Stream<Path> listed = Files.list(folder)) {
            listed.forEach(children::add);
        }
        return children;
    }
}
