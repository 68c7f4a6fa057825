package dev.kamalbackup.restore;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The room a restore of files needs for its second copy, and what there is.
 *
 * @param folder the folder in whose file system the copy is made
 * @param needed in bytes; before the snapshot is listed at most all it holds, 0 if that is not known
 * @param free in bytes, for this user
 */
public record Room(Path folder, long needed, long free) {
    /** What the target takes at most, told without asking the repository. */
    public static Room of(RestoreTask.FilesTarget target) throws IOException {
        return at(target.target(), target.snapshot().bytes().orElse(0));
    }

    /** The room for this many bytes where the target is, or will be. */
    static Room at(Path target, long needed) throws IOException {
        Path folder = target.toAbsolutePath();
        while (!Files.isDirectory(folder) && folder.getParent() != null) {
            folder = folder.getParent();
        }
        return new Room(folder, needed, Files.getFileStore(folder).getUsableSpace());
    }

    /** Whether it will do. */
    public boolean isEnough() {
        return needed <= free;
    }
}
