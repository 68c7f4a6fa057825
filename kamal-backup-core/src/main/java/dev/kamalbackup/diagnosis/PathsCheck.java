package dev.kamalbackup.diagnosis;

import dev.kamalbackup.config.BackupPath;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Whether the files to back up are there and can be read. */
final class PathsCheck {
    private final List<BackupPath> paths;

    PathsCheck(List<BackupPath> paths) {
        this.paths = paths;
    }

    List<Finding> findings() {
        return paths.stream().map(path -> finding(path.path())).toList();
    }

    private static Finding finding(Path path) {
        String subject = "path " + path;
        if (!Files.exists(path)) {
            return Finding.failed(
                    subject, "does not exist here", "see that its volume is mounted at this place, or correct paths");
        }
        boolean readable = Files.isReadable(path) && (!Files.isDirectory(path) || Files.isExecutable(path));
        return readable
                ? Finding.ok(subject, "readable")
                : Finding.failed(subject, "this user may not read it", "let it, or run as another user");
    }
}
