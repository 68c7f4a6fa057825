package dev.kamalbackup.state;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The file that knows which line of the history is the newest, so that a tail cut off shows. */
final class HistoryHead {
    private final Path file;

    HistoryHead(Path file) {
        this.file = file;
    }

    /** What is known of the newest line. */
    sealed interface State {}

    /**
     * The newest line.
     *
     * @param lines its number
     * @param hash what the line after it has to carry
     */
    record Newest(int lines, String hash) implements State {}

    /**
     * Nothing.
     *
     * @param how {@code missing} or {@code unreadable}
     */
    record Lost(String how) implements State {
        /** A history that was written before there were heads has none, and its lines carry no numbers. */
        boolean isSuspicious(List<byte[]> lines) {
            return !how.equals("missing") || lines.stream().anyMatch(HistoryChain::isNumbered);
        }
    }

    State read() throws IOException {
        if (!Files.exists(file)) {
            return new Lost("missing");
        }
        try {
            JsonNode node = StateFolder.parse(new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
            int lines = node.path("lines").asInt(-1);
            String hash = node.path("hash").asText();
            return lines >= 0 && hash.length() == HistoryChain.START.length()
                    ? new Newest(lines, hash)
                    : new Lost("unreadable");
        } catch (JsonProcessingException damaged) {
            return new Lost("unreadable");
        }
    }

    void write(Newest newest) throws IOException {
        AtomicFile.write(
                file,
                StateFolder.print(StateFolder.object()
                                .put("schema_version", 1)
                                .put("lines", newest.lines())
                                .put("hash", newest.hash()))
                        + "\n");
    }
}
