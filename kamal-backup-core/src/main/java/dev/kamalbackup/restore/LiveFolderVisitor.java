package dev.kamalbackup.restore;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;

/** Walks a folder in which an app goes on meanwhile: what it removes before we come to it is passed over. */
abstract class LiveFolderVisitor extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult visitFileFailed(Path file, IOException failed) throws IOException {
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            throw failed;
        }
        return FileVisitResult.CONTINUE;
    }
}
