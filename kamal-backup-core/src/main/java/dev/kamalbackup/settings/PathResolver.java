package dev.kamalbackup.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Turns what the user wrote into absolute paths, and knows which of those nobody means. */
final class PathResolver {
    /** The longest path Linux takes. */
    private static final int LONGEST = 4096;

    /**
     * Folders of the operating system and of everybody: backing one up is a slip of the pen, and restoring one ends the
     * machine.
     */
    private static final Set<String> SUSPICIOUS = Set.of(
            "/",
            "/bin",
            "/boot",
            "/dev",
            "/etc",
            "/home",
            "/lib",
            "/lib64",
            "/proc",
            "/root",
            "/run",
            "/sbin",
            "/sys",
            "/usr",
            "/var",
            "/var/lib");

    private final Path workingFolder;
    private final Optional<String> home;
    private final Problems problems;

    PathResolver(Path workingFolder, Map<String, String> environment, Problems problems) {
        this.workingFolder = workingFolder.toAbsolutePath().normalize();
        this.home = Optional.ofNullable(environment.get("HOME")).filter(value -> value.startsWith("/"));
        this.problems = problems;
    }

    /** The absolute path; empty, with a problem, if it is none. */
    Optional<Path> resolve(Place place, String label, String text) {
        if (text.length() > LONGEST) {
            problems.add(place, label, "is longer than any path may be");
            return Optional.empty();
        }
        try {
            if (text.startsWith("~")) {
                return inHome(place, label, text);
            }
            return Optional.of(workingFolder.resolve(text).normalize());
        } catch (InvalidPathException notAPath) {
            problems.add(place, label, "is not a path: " + problems.quote(text));
            return Optional.empty();
        }
    }

    /** Why backing this up cannot be meant; empty if it can. Links are followed, for they are restored through, too. */
    Optional<String> suspicion(Path path) {
        Path real = real(path);
        if (SUSPICIOUS.contains(path.toString())) {
            return Optional.of(path + " is a folder of the operating system");
        }
        return SUSPICIOUS.contains(real.toString())
                ? Optional.of("leads to " + real + ", a folder of the operating system")
                : Optional.empty();
    }

    /** The path with all links followed, as far as it exists. */
    Path real(Path path) {
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

    private Optional<Path> inHome(Place place, String label, String text) {
        boolean own = text.equals("~") || text.startsWith("~/");
        if (!own || home.isEmpty()) {
            problems.add(place, label, "begins with ~, which is not known here; write the absolute path");
            return Optional.empty();
        }
        return Optional.of(Path.of(home.get())
                .resolve(text.substring(Math.min(2, text.length())))
                .normalize());
    }
}
