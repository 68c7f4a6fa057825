package dev.kamalbackup.restore;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which parts of a run are wanted.
 *
 * @param everyDatabase all databases that are configured
 * @param databases these databases, by name
 * @param files all files
 * @param paths these files and folders, as they are called in the configuration or in the snapshot
 */
public record PartChoice(boolean everyDatabase, Set<String> databases, boolean files, List<Path> paths) {
    private static final String DATABASE = "database";
    private static final String FILES = "files";

    public PartChoice {
        databases = Set.copyOf(databases);
        paths = List.copyOf(paths);
    }

    /** The whole run. */
    public static PartChoice everything() {
        return new PartChoice(true, Set.of(), true, List.of());
    }

    /**
     * What was asked for: the whole run if nothing was.
     *
     * @param only any of {@code database}, {@code database:NAME} and {@code files}
     * @param paths files and folders; with one of them, the other files are not wanted
     * @throws IllegalArgumentException if one of the first is none of these; its message says so
     */
    public static PartChoice of(List<String> only, List<Path> paths) {
        if (only.isEmpty() && paths.isEmpty()) {
            return everything();
        }
        List<String> rest = new ArrayList<>(only);
        boolean everyDatabase = rest.removeIf(DATABASE::equals);
        boolean files = rest.removeIf(FILES::equals);
        Set<String> databases = new LinkedHashSet<>();
        for (String part : rest) {
            databases.add(database(part)
                    .orElseThrow(() -> new IllegalArgumentException(
                            "\"" + part + "\" is no part of a run; a part is database, database:NAME, or files")));
        }
        return new PartChoice(everyDatabase, databases, files && paths.isEmpty(), paths);
    }

    private static Optional<String> database(String part) {
        return part.startsWith(DATABASE + ":") && part.length() > DATABASE.length() + 1
                ? Optional.of(part.substring(DATABASE.length() + 1))
                : Optional.empty();
    }

    /** Whether this database is wanted. */
    public boolean wants(String database) {
        return everyDatabase || databases.contains(database);
    }

    /** Whether anything of the files is wanted. */
    public boolean wantsFiles() {
        return files || !paths.isEmpty();
    }
}
