package dev.kamalbackup.settings;

import dev.kamalbackup.settings.ConfigNode.Broken;
import dev.kamalbackup.settings.ConfigNode.Scalar;
import dev.kamalbackup.settings.ConfigNode.Section;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds the configuration files and reads each as a mapping. */
final class ConfigFiles {
    static final String VARIABLE = "KAMAL_BACKUP_CONFIG";
    static final String MAIN = "config/kamal-backup.yml";
    static final String LOCAL = "config/kamal-backup.local.yml";

    private static final int LARGEST = 256 * 1024;

    private final Path workingFolder;
    private final Problems problems;

    ConfigFiles(Path workingFolder, Problems problems) {
        this.workingFolder = workingFolder;
        this.problems = problems;
    }

    /** The roots of the files that there are, the stronger one last. */
    List<Section> read(Map<String, String> environment) {
        String explicit = environment.getOrDefault(VARIABLE, "").strip();
        if (!explicit.isEmpty()) {
            return readNamed(explicit).map(List::of).orElse(List.of());
        }
        return read(List.of(MAIN, LOCAL));
    }

    /** The same without the file for this machine alone, which says nothing about another. */
    List<Section> readShared(Map<String, String> environment) {
        return environment.getOrDefault(VARIABLE, "").isBlank() ? read(List.of(MAIN)) : read(environment);
    }

    private List<Section> read(List<String> names) {
        List<Section> roots = new ArrayList<>();
        int rank = 0;
        for (String name : names) {
            Path file = workingFolder.resolve(name);
            // Not "exists": a link to nowhere is a mistake that must be told, not a file that is not there.
            if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                readFile(file, new Place(rank, name, 0)).ifPresent(roots::add);
            }
            rank++;
        }
        return roots;
    }

    private Optional<Section> readNamed(String name) {
        try {
            return readFile(workingFolder.resolve(name), new Place(0, problems.name(name), 0));
        } catch (InvalidPathException notAPath) {
            problems.add(Place.ENVIRONMENT, VARIABLE, "is not a path: " + problems.quote(name));
            return Optional.empty();
        }
    }

    private Optional<Section> readFile(Path file, Place place) {
        if (Files.isDirectory(file)) {
            problems.add(place, "", "is a folder, not a file");
            return Optional.empty();
        }
        if (!Files.exists(file)) {
            problems.add(place, "", "does not exist");
            return Optional.empty();
        }
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(LARGEST + 1);
        } catch (AccessDeniedException denied) {
            problems.add(place, "", "cannot be read: permission denied");
            return Optional.empty();
        } catch (IOException unreadable) {
            problems.add(place, "", "cannot be read: " + unreadable.getClass().getSimpleName());
            return Optional.empty();
        }
        if (bytes.length > LARGEST) {
            problems.add(place, "", "is larger than " + LARGEST / 1024 + " KiB, which no configuration is");
            return Optional.empty();
        }
        return decode(bytes, place).flatMap(text -> root(text, place));
    }

    private Optional<String> decode(byte[] bytes, Place place) {
        CharBuffer text = CharBuffer.allocate(bytes.length);
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        CoderResult result = decoder.decode(ByteBuffer.wrap(bytes), text, true);
        text.flip();
        int line = 1 + (int) text.chars().filter(c -> c == '\n').count();
        if (result.isError()) {
            problems.add(place.atLine(line), "", "is not UTF-8; save the file in that encoding");
            return Optional.empty();
        }
        return withoutControls(text.toString(), place);
    }

    private Optional<String> withoutControls(String text, Place place) {
        String plain = text.startsWith("\ufeff") ? text.substring(1) : text;
        int line = 1;
        for (int i = 0; i < plain.length(); i++) {
            char character = plain.charAt(i);
            if (character == '\n') {
                line++;
            } else if (isForbidden(character)) {
                problems.add(
                        place.atLine(line), "", String.format("holds the control character U+%04X", (int) character));
                return Optional.empty();
            }
        }
        return Optional.of(plain);
    }

    /** What YAML 1.2 does not count as printable. */
    private static boolean isForbidden(char character) {
        boolean low = character < ' ' && character != '\t' && character != '\r';
        boolean middle = character >= 0x7f && character < 0xa0 && character != 0x85;
        return low || middle || character >= 0xfffe || character == '\ufeff';
    }

    private Optional<Section> root(String text, Place place) {
        Optional<ConfigNode> root = YamlTree.parse(text, place, problems);
        boolean empty = root.isEmpty()
                || (root.get() instanceof Scalar scalar && scalar.isBlank())
                || root.get() instanceof Broken;
        if (empty) {
            return Optional.empty();
        }
        if (root.get() instanceof Section section) {
            return Optional.of(section);
        }
        problems.add(root.get().place(), "", "expects keys and values, as in \"app: shop\"");
        return Optional.empty();
    }
}
