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
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

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

    /**
     * Records the last drill, whatever came of it; the predecessor keeps the same under the same name.
     *
     * @param kept the time of the schedule that is kept by it; empty if that is the same as before
     */
    public void writeLastDrill(ObjectNode document, Optional<Instant> kept) {
        write("record the drill", "last_restore_drill.json", counting(document, kept, this::keptDrill));
    }

    private static ObjectNode counting(
            ObjectNode document, Optional<Instant> kept, Supplier<Optional<Instant>> before) {
        ObjectNode record = document.deepCopy();
        kept.or(() -> replaced(before)).ifPresent(time -> record.put(History.SCHEDULED_FOR, time.toString()));
        return record;
    }

    private static Optional<Instant> replaced(Supplier<Optional<Instant>> before) {
        try {
            return before.get();
        } catch (StateException unreadable) {
            // It gives way to a record that can be read.
            return Optional.empty();
        }
    }

    private void write(String operation, String name, ObjectNode document) {
        Path file = folder.resolve(name);
        try {
            AtomicFile.write(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(document) + "\n");
        } catch (IOException failed) {
            throw failed(operation, file, failed);
        }
    }

    /**
     * Records the last check, whatever came of it; the predecessor keeps the same under the same name.
     *
     * @param kept the time of the schedule that is kept by it; empty if that is the same as before
     */
    public void writeLastCheck(ObjectNode document, Optional<Instant> kept) {
        write("record the check", "last_check.json", counting(document, kept, this::keptCheck));
    }

    /**
     * The last complete backup; empty if there was none or its record makes no sense.
     *
     * @throws StateException if the file cannot be read
     */
    public Optional<LastBackup> lastBackup() {
        return readable("last_backup.json").flatMap(LastBackup::of);
    }

    /**
     * The record of the last check; empty if there was none or it makes no sense.
     *
     * @throws StateException if the file cannot be read
     */
    public Optional<ObjectNode> lastReadableCheck() {
        return readable("last_check.json");
    }

    /**
     * The time of its schedule that a check kept last; empty if none did.
     *
     * @throws StateException if the record cannot be read
     */
    public Optional<Instant> keptCheck() {
        return lastReadableCheck().flatMap(KeptTime::ofCheck);
    }

    /**
     * The time of its schedule that a drill kept last; empty if none did.
     *
     * @throws StateException if the record cannot be read
     */
    public Optional<Instant> keptDrill() {
        return readable("last_restore_drill.json").flatMap(KeptTime::ofDrill);
    }

    /** A record without sense means that the thing is due: once too often is better than never. */
    private Optional<ObjectNode> readable(String name) {
        Path file = folder.resolve(name);
        try {
            return Files.exists(file) && JSON.readTree(file.toFile()) instanceof ObjectNode document
                    ? Optional.of(document)
                    : Optional.empty();
        } catch (JsonProcessingException unreadable) {
            return Optional.empty();
        } catch (IOException failed) {
            throw failed("read a record", file, failed, "let this user read the file, or delete it");
        }
    }

    /**
     * The record of the last check of the repository; empty if there was none.
     *
     * @throws StateException if it cannot be read
     */
    public Optional<ObjectNode> lastCheck() {
        return read("read the record of the last check", "last_check.json");
    }

    /**
     * The record of the last drill; empty if there was none.
     *
     * @throws StateException if it cannot be read
     */
    public Optional<ObjectNode> lastDrill() {
        return read("read the record of the last drill", "last_restore_drill.json");
    }

    private Optional<ObjectNode> read(String operation, String name) {
        Path file = folder.resolve(name);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            if (JSON.readTree(file.toFile()) instanceof ObjectNode document) {
                return Optional.of(document);
            }
            throw new IOException("it holds no record");
        } catch (IOException failed) {
            throw failed(operation, file, failed);
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
        return failed(
                operation,
                file,
                cause,
                "let this user write to the state folder and see that it is not full, or name another one in"
                        + " state.path");
    }

    private static StateException failed(String operation, Path file, IOException cause, String hint) {
        String reason = cause.getClass().getSimpleName() + ": " + cause.getMessage();
        return new StateException(new Fault(operation, file.toString(), reason, hint), cause);
    }
}
