package dev.kamalbackup.drill;

import dev.kamalbackup.config.BackupPath;
import dev.kamalbackup.config.Settings;
import dev.kamalbackup.config.SystemFolders;
import dev.kamalbackup.error.Fault;
import dev.kamalbackup.error.RestoreException;
import dev.kamalbackup.state.FileTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The folder that a drill restores files into. It is emptied before and after, so it must be one that nobody has put
 * anything else into: the image's own, or one that is empty, or that a drill has marked.
 */
final class ScratchFolder {
    private static final String MARK = ".kamal-backup-scratch";

    private final Path folder;

    private ScratchFolder(Path folder) {
        this.folder = folder;
    }

    /**
     * The folder, if it may be used.
     *
     * @throws RestoreException if it is a folder of the system, if it is or lies in or above a path that is backed up or the
     *     state folder, by whatever name, or if it holds what no drill has left there
     */
    static ScratchFolder of(Path folder, Settings settings) {
        SystemFolders.suspicion(folder).ifPresent(why -> {
            throw refused(folder, why + ", and a drill empties its scratch folder");
        });
        requireOutside(folder, settings);
        ScratchFolder scratch = new ScratchFolder(folder);
        if (!scratch.mayBeEmptied()) {
            throw refused(folder, "it is not empty, and no drill has left that there");
        }
        return scratch;
    }

    /**
     * Refuses a scratch place that is, holds or lies in what is backed up, or the state folder, by whatever name.
     *
     * @throws RestoreException if it is
     */
    static void requireOutside(Path place, Settings settings) {
        Path real = real(place);
        List<Path> live =
                new ArrayList<>(settings.paths().stream().map(BackupPath::path).toList());
        live.add(settings.stateFolder());
        for (Path path : live) {
            Path realLive = real(path);
            if (real.startsWith(realLive) || realLive.startsWith(real)) {
                throw refused(place, "it is, holds or lies in " + path + ", and a drill removes what is there");
            }
        }
    }

    /** Where a path of the snapshot goes. */
    Path placeOf(Path source) {
        return folder.resolve(Path.of("/").relativize(source));
    }

    Path path() {
        return folder;
    }

    /** Makes it, empty but for the mark that it may be emptied. */
    void prepare() {
        try {
            empty();
            Files.createDirectories(folder);
            Files.createFile(folder.resolve(MARK));
        } catch (IOException failed) {
            throw failed("make the scratch folder", failed);
        }
    }

    /** Leaves it empty. */
    void empty() {
        try {
            if (Files.isDirectory(folder)) {
                List<Path> children;
                try (Stream<Path> listed = Files.list(folder)) {
                    children = new ArrayList<>(listed.toList());
                }
                // The mark goes last: a drill that is killed here must find it.
                children.sort((one, other) -> Boolean.compare(isMark(one), isMark(other)));
                for (Path child : children) {
                    FileTree.remove(child);
                }
            }
        } catch (IOException failed) {
            throw failed("empty the scratch folder", failed);
        }
    }

    private boolean mayBeEmptied() {
        if (folder.equals(ScratchPlaces.FILES) || !Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            return true;
        }
        if (!Files.isDirectory(folder)) {
            return false;
        }
        try (Stream<Path> children = Files.list(folder)) {
            return Files.exists(folder.resolve(MARK)) || children.findAny().isEmpty();
        } catch (IOException failed) {
            throw failed("look into the scratch folder", failed);
        }
    }

    private static boolean isMark(Path path) {
        return path.getFileName().toString().equals(MARK);
    }

    private static Path real(Path path) {
        return SystemFolders.real(path.toAbsolutePath().normalize());
    }

    private RestoreException failed(String operation, IOException cause) {
        return new RestoreException(
                new Fault(
                        operation,
                        folder.toString(),
                        cause.getClass().getSimpleName() + ": " + cause.getMessage(),
                        "let this user write there, or name another folder: --files"),
                cause);
    }

    private static RestoreException refused(Path folder, String reason) {
        return new RestoreException(new Fault(
                "drill",
                folder.toString(),
                reason + "; nothing was changed",
                "name another, new place: --files, or --sqlite-path"));
    }
}
