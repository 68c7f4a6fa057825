package dev.kamalbackup.run;

import dev.kamalbackup.error.DumpException;
import dev.kamalbackup.error.Fault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Tells a folder in which a restore was killed while it replaced the content: what is there has two halves, and a backup
 * of it would look whole.
 */
public final class HalfRestored {
    /** How a folder begins that holds old content on its way out; the run that is restored follows. */
    public static final String REPLACING = ".kamal-backup-replacing-";

    /** How a folder begins that holds all old content while the new comes in; the run that is restored follows. */
    public static final String REPLACED = ".kamal-backup-replaced-";

    private HalfRestored() {}

    /**
     * Refuses to back up such a folder.
     *
     * @throws DumpException if it is one
     */
    static void refuse(Path path) {
        if (!Files.isDirectory(path)) {
            return;
        }
        try (Stream<Path> children = Files.list(path)) {
            Optional<String> run = children.map(child -> child.getFileName().toString())
                    .flatMap(name -> Stream.of(REPLACING, REPLACED)
                            .filter(name::startsWith)
                            .map(prefix -> name.substring(prefix.length())))
                    .findFirst();
            if (run.isPresent()) {
                throw new DumpException(new Fault(
                        "back up files",
                        path.toString(),
                        "a restore of run " + run.get() + " was ended while it replaced them, so they are half old and"
                                + " half new; no files snapshot was made",
                        "bring it to its end: kamal-backup restore production " + run.get()));
            }
        } catch (IOException | UncheckedIOException unreadable) {
            // Restic names what cannot be read.
            return;
        }
    }
}
