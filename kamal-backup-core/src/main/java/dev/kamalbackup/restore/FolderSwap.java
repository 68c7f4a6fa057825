package dev.kamalbackup.restore;

import dev.kamalbackup.run.HalfRestored;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Replaces the content of a folder, but not the folder, which may be a mount point, nor what is kept in it, which does
 * not move at all. Everything happens by renames inside the folder, in an order that a later start can always read off
 * the names of the folders and bring to an end, whatever it was asked to restore:
 *
 * <ol>
 *   <li>old content moves into {@code .kamal-backup-replacing-X}; a crash here is undone;
 *   <li>that folder is renamed to {@code .kamal-backup-replaced-X}: from here on a crash is completed;
 *   <li>staged content moves in from {@code .kamal-backup-restore-X}; the old content waits until all is well;
 *   <li>to finish, the folder is renamed to {@code .kamal-backup-remove-X} and removed.
 * </ol>
 *
 * Undoing it is the same backwards: what was staged moves out again, the folder is renamed to
 * {@code .kamal-backup-replacing-X}, old content moves back.
 */
final class FolderSwap implements Swap {
    static final String STAGE = ".kamal-backup-restore-";
    static final String REMOVE = ".kamal-backup-remove-";
    private static final String REPLACING = HalfRestored.REPLACING;
    private static final String REPLACED = HalfRestored.REPLACED;
    private static final List<String> OURS = List.of(STAGE, REPLACING, REPLACED, REMOVE, SingleSwap.WORK);

    private final Path target;
    private final KeptContent kept;
    private final FileSteps steps;
    private final TreeMoves moves;
    private final Path stage;
    private final Path replacing;
    private final Path replaced;
    private final Path remove;

    FolderSwap(KeptContent kept, String suffix, FileSteps steps) {
        this.target = kept.target();
        this.kept = kept;
        this.steps = steps;
        this.moves = new TreeMoves(target, steps);
        this.stage = target.resolve(STAGE + suffix);
        this.replacing = target.resolve(REPLACING + suffix);
        this.replaced = target.resolve(REPLACED + suffix);
        this.remove = target.resolve(REMOVE + suffix);
    }

    /** Where what is to come in is staged. */
    Path stage() {
        return stage;
    }

    @Override
    public void swap() throws IOException {
        steps.createFolder(replacing);
        try {
            moves.out(replacing, kept);
            steps.move(replacing, replaced);
        } catch (IOException failed) {
            bringBack(failed);
            throw failed;
        }
        try {
            complete();
        } catch (IOException failed) {
            takeBack(failed);
            throw failed;
        }
    }

    @Override
    public boolean isBegun() {
        return exists(replacing) || exists(replaced);
    }

    @Override
    public void finish() throws IOException {
        steps.move(replaced, remove);
        steps.removeTree(remove);
    }

    @Override
    public void undo() throws IOException {
        // Without it what lies in the target is not what was staged, but old content on its way.
        if (exists(replaced)) {
            if (!exists(stage)) {
                steps.createFolder(stage);
            }
            moves.out(stage, kept);
            steps.move(replaced, replacing);
        }
        if (exists(replacing)) {
            bringBack();
        }
    }

    /**
     * Brings what killed restores left in this folder to an end: undone before the point of no return, else completed. It
     * may be killed itself, and started again.
     */
    static void recover(Path target, FileSteps steps) throws IOException {
        SingleSwap.recoverAll(target, steps);
        removeAll(target, REMOVE, steps);
        // Should there be two, the one that is less far came later.
        for (String suffix : suffixes(target, REPLACING)) {
            swapOf(target, suffix, steps).bringBack();
        }
        for (String suffix : suffixes(target, REPLACED)) {
            FolderSwap swap = swapOf(target, suffix, steps);
            swap.complete();
            swap.finish();
        }
        removeAll(target, STAGE, steps);
    }

    private static void removeAll(Path target, String prefix, FileSteps steps) throws IOException {
        for (String suffix : suffixes(target, prefix)) {
            steps.removeTree(target.resolve(prefix + suffix));
        }
    }

    /** Whether this is a folder of a swap, or something in one. */
    static boolean isOurs(Path target, Path path) {
        return isOurs(target.relativize(path).getName(0).toString());
    }

    /** Whether something of this name, directly in a target, is ours. */
    static boolean isOurs(String name) {
        return OURS.stream().anyMatch(name::startsWith);
    }

    /** What lies in a folder just now, in order. */
    static List<Path> children(Path folder) throws IOException {
        List<Path> children = new ArrayList<>();
        try (Stream<Path> listed = Files.list(folder)) {
            listed.forEach(children::add);
        } catch (UncheckedIOException broken) {
            throw new IOException(broken.getMessage(), broken);
        }
        children.sort(Comparator.naturalOrder());
        return children;
    }

    private static FolderSwap swapOf(Path target, String suffix, FileSteps steps) {
        // What was kept has not moved, so the way back does not depend on what it was.
        return new FolderSwap(new KeptContent(target, target, new Excludes(List.of()), List.of()), suffix, steps);
    }

    private static List<String> suffixes(Path target, String prefix) throws IOException {
        return children(target).stream()
                .map(child -> child.getFileName().toString())
                .filter(name -> name.startsWith(prefix))
                .map(name -> name.substring(prefix.length()))
                .toList();
    }

    private void complete() throws IOException {
        if (exists(stage)) {
            moves.in(stage, place -> replaced);
            steps.removeTree(stage);
        }
    }

    private void bringBack() throws IOException {
        moves.in(replacing, Path::getParent);
        steps.deleteFolder(replacing);
    }

    private void bringBack(IOException reason) {
        try {
            bringBack();
        } catch (IOException stuck) {
            reason.addSuppressed(stuck);
        }
    }

    private void takeBack(IOException reason) {
        try {
            undo();
        } catch (IOException stuck) {
            reason.addSuppressed(stuck);
        }
    }

    private static boolean exists(Path path) {
        return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
    }
}
