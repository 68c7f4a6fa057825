package dev.kamalbackup.state;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Everything that was done, one JSON line each, only ever appended to. Each line carries the SHA-256 of the line before
 * it, so that an edit, a removal or a change of order shows. Callers hold the run lock.
 */
public final class History {
    private static final String START = "0".repeat(64);

    private final Path file;

    History(Path file) {
        this.file = file;
    }

    /** Appends an entry; adds the schema version and the link to the line before. */
    public void append(ObjectNode entry) {
        try {
            ObjectNode line = StateFolder.object();
            line.put("schema_version", 1);
            line.setAll(entry);
            line.put("previous", hashOfLast());
            AtomicFile.append(file, StateFolder.print(line));
        } catch (IOException failed) {
            throw StateFolder.failed("add to the history", file, failed);
        }
    }

    /** All lines as they stand. */
    public List<String> lines() {
        try {
            return Files.exists(file) ? Files.readAllLines(file) : List.of();
        } catch (IOException failed) {
            throw StateFolder.failed("read the history", file, failed);
        }
    }

    /** All entries, oldest first; a line that is no JSON, as a full disk may leave one, is passed over. */
    public List<JsonNode> entries() {
        return lines().stream().flatMap(line -> parsed(line).stream()).toList();
    }

    private static Optional<JsonNode> parsed(String line) {
        try {
            return Optional.of(StateFolder.parse(line));
        } catch (JsonProcessingException damaged) {
            return Optional.empty();
        }
    }

    /** The line numbers, from 1, that do not fit the line before them. */
    public List<Integer> breaks() {
        List<String> lines = lines();
        return java.util.stream.IntStream.range(0, lines.size())
                .filter(i ->
                        !lines.get(i).contains("\"previous\":\"" + (i == 0 ? START : hash(lines.get(i - 1))) + "\""))
                .mapToObj(i -> i + 1)
                .toList();
    }

    private String hashOfLast() {
        List<String> lines = lines();
        return lines.isEmpty() ? START : hash(lines.get(lines.size() - 1));
    }

    private static String hash(String line) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(line.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
