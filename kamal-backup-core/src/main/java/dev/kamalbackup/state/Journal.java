package dev.kamalbackup.state;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kamalbackup.tag.RunId;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The run under way, on disk before its first snapshot and gone after its last record. One that is found at a start is
 * of a run that died. Callers hold the run lock.
 */
public final class Journal {
    private final Path file;
    private @Nullable Entry current;

    Journal(Path file) {
        this.file = file;
    }

    /**
     * What was written of a run.
     *
     * @param kind what the history calls it: {@code backup} or {@code safety_backup}
     * @param run its id
     * @param app its app
     * @param startedAt when it started
     * @param planned how many snapshots it was to make
     * @param saved the ids of the snapshots it had proven when it last wrote
     */
    public record Entry(String kind, RunId run, String app, Instant startedAt, int planned, List<String> saved) {
        public Entry {
            saved = List.copyOf(saved);
        }

        /** Whether every snapshot of the run was proven, so that only its record was lost. */
        public boolean isWhole() {
            return saved.size() == planned;
        }

        /** This entry with one more proven snapshot. */
        Entry withSaved(String snapshot) {
            List<String> more = new ArrayList<>(saved);
            more.add(snapshot);
            return new Entry(kind, run, app, startedAt, planned, more);
        }
    }

    /** Notes that this run begins. */
    public void begin(Entry entry) {
        current = entry;
        write(entry);
    }

    /** Notes that the run has one more proven snapshot. */
    public void addSaved(String snapshot) {
        Entry known = current;
        if (known == null) {
            throw new IllegalStateException("no run has begun");
        }
        begin(known.withSaved(snapshot));
    }

    private void write(Entry entry) {
        ObjectNode document = StateFolder.object();
        document.put("schema_version", 1).put("kind", "run_journal");
        document.put("run_kind", entry.kind());
        document.put("run_id", entry.run().toString()).put("app", entry.app());
        document.put("started_at", entry.startedAt().toString()).put("parts", entry.planned());
        entry.saved().forEach(document.putArray("saved")::add);
        try {
            AtomicFile.write(file, StateFolder.print(document) + "\n");
        } catch (IOException failed) {
            throw StateFolder.failed("write the journal of the run", file, failed);
        }
    }

    /** What a run that died left behind; empty if none did. */
    public Optional<Entry> unfinished() {
        try {
            return Files.exists(file) ? read() : Optional.empty();
        } catch (JsonProcessingException | CharacterCodingException | DateTimeException damaged) {
            throw StateFolder.failed(
                    "read the journal of an unfinished run", file, new IOException("it is damaged", damaged));
        } catch (IOException failed) {
            throw StateFolder.failed("read the journal of an unfinished run", file, failed);
        }
    }

    private Optional<Entry> read() throws IOException {
        JsonNode document = StateFolder.parse(Files.readString(file));
        List<String> saved = new ArrayList<>();
        document.path("saved").forEach(id -> saved.add(id.asText()));
        return RunId.parse(document.path("run_id").asText())
                .map(run -> new Entry(
                        document.path("run_kind").asText("backup"),
                        run,
                        document.path("app").asText(),
                        Instant.parse(document.path("started_at").asText()),
                        document.path("parts").asInt(),
                        saved));
    }

    /**
     * Puts a journal out of the way that cannot be made out, since it would keep every later run from being made. What its
     * run left in the repository lacks parts, and so is seen to be incomplete.
     *
     * @return where it is now; empty if there was none
     */
    public Optional<Path> setAsideIfDamaged() {
        Path aside = file.resolveSibling(file.getFileName() + ".damaged");
        try {
            if (!Files.exists(file) || isReadable()) {
                return Optional.empty();
            }
            Files.move(file, aside, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException failed) {
            throw StateFolder.failed("put a damaged journal out of the way", file, failed);
        }
        return Optional.of(aside);
    }

    private boolean isReadable() throws IOException {
        try {
            return read().isPresent();
        } catch (JsonProcessingException | CharacterCodingException | DateTimeException damaged) {
            return false;
        }
    }

    /** Removes the journal: the run is over and recorded. */
    public void clear() {
        try {
            AtomicFile.delete(file);
        } catch (IOException failed) {
            throw StateFolder.failed("remove the journal of the run", file, failed);
        }
    }
}
