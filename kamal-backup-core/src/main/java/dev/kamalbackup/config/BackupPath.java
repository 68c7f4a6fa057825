package dev.kamalbackup.config;

import java.nio.file.Path;
import java.util.List;

/**
 * A folder or file to back up.
 *
 * @param path an absolute, normalised path
 * @param excludes restic exclude patterns for what to leave out below it
 */
public record BackupPath(Path path, List<String> excludes) {
    public BackupPath {
        path = path.toAbsolutePath().normalize();
        excludes = List.copyOf(excludes);
    }

    /** A path with nothing left out. */
    public static BackupPath of(Path path) {
        return new BackupPath(path, List.of());
    }
}
