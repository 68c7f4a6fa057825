package dev.kamalbackup.drill;

import dev.kamalbackup.error.Fault;
import dev.kamalbackup.error.RestoreException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The folders that may be the root of a disk service of Active Storage. */
final class BlobFolders {
    /** A volume is backed up whole, and the service's root is it, or a folder or two below it. */
    private static final int DEPTH = 2;

    /** What a key may be made of; anything else could lead out of the folder. */
    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]{3,}");

    private final List<Path> roots;

    private BlobFolders(List<Path> roots) {
        this.roots = roots;
    }

    static BlobFolders below(List<Path> folders) {
        List<Path> roots = new ArrayList<>();
        for (Path folder : folders) {
            if (Files.isDirectory(folder)) {
                try (Stream<Path> walked = Files.walk(folder, DEPTH)) {
                    // Folders of two letters are those of the service itself.
                    walked.filter(path -> path.equals(folder)
                                    || path.getFileName().toString().length() != 2)
                            .filter(Files::isDirectory)
                            .forEach(roots::add);
                } catch (IOException | UncheckedIOException unreadable) {
                    // The walk itself can only throw unchecked.
                    throw new RestoreException(
                            new Fault(
                                    "look for the blobs of Active Storage",
                                    folder.toString(),
                                    String.valueOf(unreadable.getMessage()),
                                    "see whether this user may read what it restored"),
                            unreadable);
                }
            }
        }
        return new BlobFolders(roots);
    }

    /** The file of the blob with this key. */
    Optional<Path> find(String key) {
        if (!KEY.matcher(key).matches()) {
            return Optional.empty();
        }
        Path relative = Path.of(key.substring(0, 2), key.substring(2, 4), key);
        for (int i = 0; i < roots.size(); i++) {
            Path file = roots.get(i).resolve(relative);
            if (Files.isRegularFile(file)) {
                // The next one is most likely there, too.
                roots.add(0, roots.remove(i));
                return Optional.of(file);
            }
        }
        return Optional.empty();
    }
}
