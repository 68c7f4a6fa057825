package dev.kamalbackup.state;

import dev.kamalbackup.error.Fault;
import dev.kamalbackup.error.StateException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A file for the owner alone, at a place that a person named. */
public final class PrivateFile {
    private PrivateFile() {}

    /**
     * Writes it whole or not at all, over whatever file was there.
     *
     * @param operation what is being done, as in "write the page"
     * @throws StateException if it cannot be written
     */
    public static void write(String operation, Path file, String content) {
        Path target = file.toAbsolutePath();
        Path folder = target.getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw failed(
                    operation, target, "the folder " + folder + " does not exist", "make it, or name another file");
        }
        if (Files.isDirectory(target)) {
            throw failed(operation, target, "it is a folder", "name a file in it");
        }
        try {
            // Beside it, for a rename does not cross file systems; private from its first byte.
            Path partial = Files.createTempFile(folder, "." + target.getFileName(), ".partial", AtomicFile.OWNER_ONLY);
            try {
                Files.writeString(partial, content);
                Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(partial);
            }
        } catch (IOException failed) {
            throw new StateException(
                    new Fault(
                            operation,
                            target.toString(),
                            failed.getClass().getSimpleName() + ": " + failed.getMessage(),
                            "see that you may write there, and that there is room"),
                    failed);
        }
    }

    private static StateException failed(String operation, Path target, String reason, String hint) {
        return new StateException(new Fault(operation, target.toString(), reason, hint));
    }
}
