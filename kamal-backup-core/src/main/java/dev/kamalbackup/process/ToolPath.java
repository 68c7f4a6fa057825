package dev.kamalbackup.process;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds programs the way execvp does: a name on the PATH of an environment, or a path as it stands. */
public final class ToolPath {
    private final String path;

    public ToolPath(Map<String, String> environment) {
        this.path = environment.getOrDefault("PATH", "");
    }

    /** Where the program is; empty when there is no executable file of that name. */
    public Optional<Path> find(String program) {
        if (program.contains("/")) {
            return Optional.of(Path.of(program)).filter(ToolPath::isExecutable);
        }
        return Stream.of(path.split(File.pathSeparator, -1))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, program))
                .filter(ToolPath::isExecutable)
                .findFirst();
    }

    private static boolean isExecutable(Path file) {
        return Files.isRegularFile(file) && Files.isExecutable(file);
    }
}
