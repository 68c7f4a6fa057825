package dev.kamalbackup.run;

import dev.kamalbackup.error.Fault;
import dev.kamalbackup.error.StateException;
import dev.kamalbackup.state.FileTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Private folders for temporary files: a dump in there is the whole database in plain text. */
public final class ScratchFolders {
    private ScratchFolders() {}

    /** Makes the folder, and those above it, readable by their owner alone. */
    public static Path createPrivate(Path folder) {
        FileAttribute<Set<PosixFilePermission>> ownerOnly =
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
        try {
            return Files.createDirectories(folder, ownerOnly);
        } catch (IOException failed) {
            throw new StateException(
                    new Fault(
                            "make a private folder for temporary files",
                            folder.toString(),
                            String.valueOf(failed.getMessage()),
                            "let this user write there, or name another folder in state.path"),
                    failed);
        }
    }

    /** Removes a folder with all it holds, never following a link out of it; does nothing if it is not there. */
    public static void remove(Path folder) {
        try {
            FileTree.remove(folder);
        } catch (IOException failed) {
            throw new StateException(
                    new Fault(
                            "remove temporary files",
                            folder.toString(),
                            String.valueOf(failed.getMessage()),
                            "remove the folder by hand: it may hold a copy of the database"),
                    failed);
        }
    }
}
