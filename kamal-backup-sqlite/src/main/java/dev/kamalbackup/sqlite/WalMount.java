package dev.kamalbackup.sqlite;

import dev.kamalbackup.spi.Concern;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Whether a database in WAL mode lies where two containers can use it at once: its {@code -wal} and {@code -shm} must be
 * the same files to both, in memory that both share (sqlite.org, "Write-Ahead Logging", section 1).
 *
 * @param mounts the lines of {@code /proc/self/mountinfo}
 */
record WalMount(List<String> mounts) {
    private static final Path MOUNTS = Path.of("/proc/self/mountinfo");
    private static final int MOUNT_POINT = 4;
    private static final int OPTIONS = 5;

    /** File systems that another machine may write to. */
    private static final Set<String> REMOTE = Set.of("nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "ceph", "glusterfs");

    WalMount {
        mounts = List.copyOf(mounts);
    }

    /** The mounts of this process; none where the system does not tell. */
    static WalMount ofThisProcess() throws IOException {
        return new WalMount(Files.isReadable(MOUNTS) ? Files.readAllLines(MOUNTS) : List.of());
    }

    /** @param file the database's file, links followed */
    List<Concern> concerns(Path file, SqliteHeader header) {
        if (!header.writeAheadLog()) {
            return List.of();
        }
        List<Concern> concerns = new ArrayList<>();
        if (mountedAt(file).isPresent()) {
            concerns.add(new Concern(
                    file
                            + " is in WAL mode and mounted as a single file, so the app's -wal file beside it cannot be seen"
                            + " here, and what is in it is missing from every backup",
                    "mount the folder that holds the database, in the app and here"));
        }
        Optional<String> mount = holding(file);
        String type = mount.map(line -> line.substring(line.indexOf(" - ") + 3).split(" ", 2)[0])
                .orElse("");
        if (REMOTE.contains(type) || type.startsWith("fuse.")) {
            concerns.add(new Concern(
                    file + " is in WAL mode on a file system of the type " + type
                            + ", where two machines, and sometimes two containers, do not see each other's changes",
                    "keep the database on a local disk, or switch it to rollback mode: PRAGMA journal_mode = DELETE"));
        }
        boolean readOnly = mount.map(line -> line.split(" ", OPTIONS + 2)[OPTIONS])
                .filter(options -> List.of(options.split(",", -1)).contains("ro"))
                .isPresent();
        if (readOnly || !Files.isWritable(file.resolveSibling("."))) {
            concerns.add(new Concern(
                    file.getParent() + " cannot be written to, and a database in WAL mode needs its -shm file there",
                    "let this user write to the folder; a mount for backups must not be read-only"));
        }
        return concerns;
    }

    /** The mount that the file lies in. */
    private Optional<String> holding(Path file) {
        Optional<String> mount = Optional.empty();
        for (Path path = file; path != null && mount.isEmpty(); path = path.getParent()) {
            mount = mountedAt(path);
        }
        return mount;
    }

    /** The last one counts: it covers those before it. Blanks in it are written in octal (proc(5)). */
    private Optional<String> mountedAt(Path path) {
        String escaped = path.toString().replace("\\", "\\134").replace(" ", "\\040");
        return mounts.stream()
                .filter(line -> line.contains(" - "))
                .filter(line -> line.split(" ", MOUNT_POINT + 2)[MOUNT_POINT].equals(escaped))
                .reduce((earlier, later) -> later);
    }
}
