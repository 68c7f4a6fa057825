package dev.kamalbackup.checkout;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What is mounted in a container, in Docker's writing: {@code SOURCE:TARGET[:OPTIONS]}.
 *
 * @param lines one for each mount
 */
record Mounts(List<String> lines) {
    Mounts {
        lines = List.copyOf(lines);
    }

    /** Whether this file or folder lies in one of them. Relative paths are meant from the image's {@code /app}. */
    boolean hold(String path) {
        Path file = Path.of("/app").resolve(path).normalize();
        return lines.stream()
                .anyMatch(line -> target(line).map(file::startsWith).orElse(false));
    }

    /** What is mounted at the folder of this name, wherever that is; empty if nothing is. */
    Optional<String> sourceOf(String folderName) {
        return lines.stream()
                .filter(line -> target(line)
                        .map(Path::getFileName)
                        .filter(name -> name.toString().equals(folderName))
                        .isPresent())
                .map(line -> line.split(":", 2)[0])
                .findFirst();
    }

    /** Where the mount that holds this path of the app, as in {@code storage/production.sqlite3}, is in its container. */
    Optional<Path> targetHolding(String appPath) {
        Path first = Path.of(appPath).getName(0);
        return lines.stream()
                .flatMap(line -> target(line).stream())
                .filter(target -> first.equals(target.getFileName()))
                .findFirst();
    }

    private static Optional<Path> target(String line) {
        String[] parts = line.split(":", -1);
        return parts.length > 1 && parts[1].startsWith("/") ? Optional.of(Path.of(parts[1])) : Optional.empty();
    }
}
