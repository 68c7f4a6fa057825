package dev.kamalbackup.settings;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Turns what the user wrote into absolute paths. */
final class PathResolver {
    /** The longest path Linux takes. */
    private static final int LONGEST = 4096;

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
