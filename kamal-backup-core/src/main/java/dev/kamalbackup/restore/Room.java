package dev.kamalbackup.restore;

import dev.kamalbackup.error.Fault;
import dev.kamalbackup.error.RestoreException;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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

    /**
     * Refuses what there is no room for, all that goes to one file system taken together.
     *
     * @throws RestoreException with both numbers
     */
    static void require(List<Room> rooms) throws IOException {
        Map<FileStore, Room> sums = new LinkedHashMap<>();
        for (Room room : rooms) {
            sums.merge(
                    Files.getFileStore(room.folder),
                    room,
                    (sum, more) -> new Room(sum.folder, sum.needed + more.needed, sum.free));
        }
        for (Room sum : sums.values()) {
            if (!sum.isEnough()) {
                throw new RestoreException(new Fault(
                        "restore files",
                        sum.folder.toString(),
                        "a second copy of them needs " + sum.needed + " bytes, and there are " + sum.free
                                + " bytes free; nothing was changed",
                        "make room there; with --in-place restic changes only what differs in the folders, without a"
                                + " second copy"));
            }
        }
    }
}
