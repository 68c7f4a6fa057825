package dev.kamalbackup.restore;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A folder with all it holds, as lines that can be compared: names, kinds, modes, contents. */
final class TreeText {
    private TreeText() {}

    static List<String> of(Path folder) throws IOException {
        try (Stream<Path> found = Files.walk(folder)) {
            List<Path> paths =
                    found.filter(path -> !path.equals(folder)).sorted().toList();
            List<String> lines = new java.util.ArrayList<>();
            for (Path path : paths) {
                lines.add(folder.relativize(path) + " " + describe(path));
            }
            return lines;
        }
    }

    private static String describe(Path path) throws IOException {
        if (Files.isSymbolicLink(path)) {
            return "-> " + Files.readSymbolicLink(path);
        }
        String mode = Integer.toOctalString(
                (Integer) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS) & 07777);
        if (Files.isRegularFile(path)) {
            return mode + " = " + Files.readString(path);
        }
        return mode + (Files.isDirectory(path) ? " folder" : " other");
    }
}
