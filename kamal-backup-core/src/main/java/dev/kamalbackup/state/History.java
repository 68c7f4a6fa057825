package dev.kamalbackup.state;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * Everything that was done, one JSON line each, only ever appended to. Each line carries its number and the SHA-256 of
 * the line before it, and {@code history.head} beside it the number and hash of the newest, so that an edit, a removal
 * or a change of order shows. Callers that append hold the run lock.
 */
public final class History {
    /** The name under which entries and records tell for which time of the schedule something was done. */
    public static final String SCHEDULED_FOR = "scheduled_for";

    private final Path file;
    private final HistoryHead head;

    History(Path file) {
        this.file = file;
        this.head = new HistoryHead(file.resolveSibling("history.head"));
    }

    /** A time as entries have it: UTC, to the second. */
    public static String time(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** Appends an entry; adds the schema version, the line's number and the link to the line before. */
    public void append(ObjectNode entry) {
        try {
            ObjectNode line = StateFolder.object();
            line.put("schema_version", 1);
            line.setAll(entry);
            HistoryHead.Newest before = before(head.read(), line);
            line.put(HistoryChain.NUMBER, before.lines() + 1).put(HistoryChain.PREVIOUS, before.hash());
            String text = StateFolder.print(line);
            AtomicFile.append(file, text);
            head.write(new HistoryHead.Newest(before.lines() + 1, HistoryLines.hash(text)));
        } catch (IOException failed) {
            throw StateFolder.failed("add to the history", file, failed);
        }
    }

    /**
     * What the new line comes after. The head is believed rather than the file: if lines were taken away or changed, the
     * new line does not fit what is left, and that shows for ever.
     */
    private HistoryHead.Newest before(HistoryHead.State known, ObjectNode line) throws IOException {
        if (known instanceof HistoryHead.Lost lost) {
            List<byte[]> lines = HistoryLines.read(file);
            if (lost.isSuspicious(lines)) {
                // The new head would hide it.
                line.put(HistoryChain.HEAD, lost.how());
            }
            HistoryHead.Newest newest = new HistoryHead.Newest(lines.size(), HistoryChain.linkTo(lines));
            if (lines.isEmpty()) {
                // If something breaks off behind the very first line, there is a head that is one line behind.
                head.write(newest);
            }
            return newest;
        }
        HistoryHead.Newest newest = (HistoryHead.Newest) known;
        HistoryTail tail = HistoryTail.read(file);
        if (newest.hash().equals(tail.hashBeforeLast())) {
            // Something broke off between the line and the head. The head catches up first, so that it is never further
            // behind than this one line.
            HistoryHead.Newest next = new HistoryHead.Newest(newest.lines() + 1, tail.hash());
            head.write(next);
            return next;
        }
        return newest;
    }

    /** All lines as they stand. */
    public List<String> lines() {
        try {
            return HistoryLines.read(file).stream().map(HistoryLines::text).toList();
        } catch (IOException failed) {
            throw StateFolder.failed("read the history", file, failed);
        }
    }

    /** All entries, oldest first; a line that is no JSON, as a full disk may leave one, is passed over. */
    public List<JsonNode> entries() {
        return lines().stream().<JsonNode>flatMap(line -> parsed(line).stream()).toList();
    }

    /** Whether every line is as it was written, and none is missing. */
    public HistoryProof prove() {
        try {
            // The head first: what is appended meanwhile is then one line more than it knows, and not one less.
            HistoryHead.State known = head.read();
            return new HistoryChain(known, HistoryLines.read(file)).prove();
        } catch (IOException failed) {
            throw StateFolder.failed("read the history", file, failed);
        }
    }

    /** The entry on this line; empty if it is none, or half of one. */
    static Optional<ObjectNode> parsed(String line) {
        try {
            return StateFolder.parse(line) instanceof ObjectNode entry ? Optional.of(entry) : Optional.empty();
        } catch (JsonProcessingException damaged) {
            return Optional.empty();
        }
    }
}
