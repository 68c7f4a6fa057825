package dev.kamalbackup.restic;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kamalbackup.tag.TagSet;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Reads what restic prints with {@code --json}; zero values may be absent and empty lists null (0.14 to 0.19). */
final class ResticJson {
    private static final ObjectMapper JSON = new ObjectMapper();

    private ResticJson() {}

    /** The object on this line; null if the line is none, since plain text is mixed in. */
    static @Nullable JsonNode parse(String line) {
        if (!line.startsWith("{")) {
            return null;
        }
        try {
            return JSON.readTree(line);
        } catch (JsonProcessingException notJson) {
            return null;
        }
    }

    /** The array {@code restic snapshots --json} prints. */
    static List<Snapshot> snapshots(String output) throws JsonProcessingException {
        List<Snapshot> snapshots = new ArrayList<>();
        for (JsonNode node : JSON.readTree(output.isBlank() ? "[]" : output)) {
            snapshots.add(snapshot(node));
        }
        return snapshots;
    }

    /** What {@code restic cat lock} prints; empty if it cannot be read, as that of a lock that has just gone. */
    static Optional<RepositoryLock> lock(String id, String output) {
        JsonNode node = parse(output.strip());
        return node == null || !node.has("time")
                ? Optional.empty()
                : Optional.of(new RepositoryLock(
                        id,
                        node.path("hostname").asText("?"),
                        node.path("username").asText("?"),
                        node.path("pid").asLong(),
                        node.path("exclusive").asBoolean(),
                        time(node.path("time").asText())));
    }

    /** An entry of a snapshot; empty if the line tells of something else. */
    static Optional<Node> node(String line) {
        JsonNode node = parse(line);
        return node == null || !node.has("path") || !node.has("type")
                ? Optional.empty()
                : Optional.of(new Node(
                        node.path("path").asText(),
                        node.path("type").asText(),
                        node.path("size").asLong(0)));
    }

    private static Snapshot snapshot(JsonNode node) {
        JsonNode bytes = node.path("summary").path("total_bytes_processed");
        // A summary without the field means zero: Go leaves out what is empty.
        OptionalLong size = node.has("summary") ? OptionalLong.of(bytes.asLong(0)) : OptionalLong.empty();
        long added = node.path("summary").path("data_added_packed").asLong(0);
        return new Snapshot(
                node.path("id").asText(),
                time(node.path("time").asText()),
                node.path("hostname").asText(),
                TagSet.parse(strings(node.path("tags"))),
                strings(node.path("paths")),
                strings(node.path("excludes")),
                size,
                node.has("summary") ? OptionalLong.of(added) : OptionalLong.empty());
    }

    private static Instant time(String text) {
        return OffsetDateTime.parse(text).toInstant();
    }

    private static List<String> strings(JsonNode array) {
        List<String> values = new ArrayList<>();
        array.forEach(value -> values.add(value.asText()));
        return values;
    }
}
