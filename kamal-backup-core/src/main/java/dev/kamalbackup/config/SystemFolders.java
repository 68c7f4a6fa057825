package dev.kamalbackup.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Folders of the operating system and of everybody: backing one up is a slip of the pen, and restoring one ends the
 * machine. Links are followed, for files are restored through them, too.
 */
public final class SystemFolders {
    private static final Set<String> NAMES = Set.of(
            "/",
            "/bin",
            "/boot",
            "/dev",
            "/etc",
            "/home",
            "/lib",
            "/lib64",
            "/opt",
            "/proc",
            "/root",
            "/run",
            "/sbin",
            "/sys",
            "/tmp",
            "/usr",
            "/var",
            "/var/lib");

    private SystemFolders() {}

    /** Why this path cannot be meant, to be said of it; empty if it can. */
    public static Optional<String> suspicion(Path path) {
        Path plain = path.toAbsolutePath().normalize();
        if (NAMES.contains(plain.toString())) {
            return Optional.of(plain + " is a folder of the operating system");
        }
        Path real = real(plain);
        return realNames().contains(real.toString())
                ? Optional.of("leads to " + real + ", a folder of the operating system")
                : Optional.empty();
    }

    /** The path with all links followed, as far as it exists. */
    public static Path real(Path path) {
        Path existing = path;
        while (existing != null && !Files.exists(existing)) {
            existing = existing.getParent();
        }
        if (existing == null) {
            return path;
        }
        try {
            return existing.toRealPath().resolve(existing.relativize(path));
        } catch (IOException vanished) {
            // It was there a moment ago, or may not be looked into: then the path as written is all there is to judge.
            return path;
        }
    }

    /** Some of them are links themselves: {@code /bin} to {@code /usr/bin}. */
    private static Set<String> realNames() {
        return NAMES.stream().map(name -> real(Path.of(name)).toString()).collect(Collectors.toSet());
    }
}
