package dev.kamalbackup.state;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kamalbackup.error.Fault;
import dev.kamalbackup.error.StateException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/** The folder that outlives the container: what was done last, what is under way, caches and scratch files. */
public final class StateFolder {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path folder;

    public StateFolder(Path folder) {
        this.folder = folder;
    }

    /** The folder itself. */
    public Path path() {
        return folder;
    }

    /** Where restic keeps its cache, so that it survives the container. */
    public Path cache() {
        return folder.resolve("restic-cache");
    }

    /** Where runs keep their temporary files. */
    public Path scratch() {
        return folder.resolve("scratch");
    }

    /**
     * Makes the folder if it is missing and proves that it can be written to.
     *
     * @throws StateException if it cannot
     */
    public void prepare() {
        try {
            Files.createDirectories(folder);
            AtomicFile.write(folder.resolve(".writable"), "");
            AtomicFile.delete(folder.resolve(".writable"));
        } catch (IOException failed) {
            throw failed("use the state folder", folder, failed);
        }
    }

    /** The history of all runs. */
    public History history() {
        return new History(folder.resolve("history.jsonl"));
    }

    /** The journal of the run under way. */
    public Journal journal() {
        return new Journal(folder.resolve("run.json"));
    }

    /** Records the last complete backup; the predecessor keeps the same under the same name. */
    public void writeLastBackup(ObjectNode document) {
        write("record the backup", "last_backup.json", document);
    }

    /** Records the last drill, whatever came of it; the predecessor keeps the same under the same name. */
    public void writeLastDrill(ObjectNode document) {
        write("record the drill", "last_restore_drill.json", document);
    }

    private void write(String operation, String name, ObjectNode document) {
        Path file = folder.resolve(name);
        try {
            AtomicFile.write(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(document) + "\n");
        } catch (IOException failed) {
            throw failed(operation, file, failed);
        }
    }

    /** When the last complete backup ended; empty if there was none or its record cannot be read. */
    public Optional<Instant> lastBackupFinishedAt() {
        Path file = folder.resolve("last_backup.json");
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(Instant.parse(
                    JSON.readTree(file.toFile()).path("finished_at").asText()));
        } catch (JsonProcessingException | DateTimeException unreadable) {
            // A record nobody can read means a backup is due: one too many is better than none.
            return Optional.empty();
        } catch (IOException failed) {
            throw failed("read the record of the last backup", file, failed);
        }
    }

    static JsonNode parse(String text) throws JsonProcessingException {
        return JSON.readTree(text);
    }

    static String print(JsonNode node) {
        return node.toString();
    }

    static ObjectNode object() {
        return JSON.createObjectNode();
    }

    static StateException failed(String operation, Path file, IOException cause) {
        return new StateException(
                new Fault(
                        operation,
                        file.toString(),
                        cause.getClass().getSimpleName() + ": " + cause.getMessage(),
                        "let this user write to the state folder and see that it is not full, or name another one in"
                                + " state.path"),
                cause);
    }
}
