package dev.kamalbackup.restore;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kamalbackup.state.StateFolder;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What earlier restores and drills took, by the history. */
final class PastRestores {
    private final StateFolder state;

    PastRestores(StateFolder state) {
        this.state = state;
    }

    /** How long so many bytes may take at the pace of the last one that was carried out; empty if there was none. */
    Optional<Duration> estimate(long bytes) {
        List<JsonNode> entries = state.history().entries();
        for (int i = entries.size() - 1; i >= 0; i--) {
            JsonNode entry = entries.get(i);
            long before = entry.path("bytes").asLong();
            long millis = work(entry);
            if (before > 0 && millis > 0) {
                return Optional.of(Duration.ofMillis((long) (millis * ((double) bytes / before))));
            }
        }
        return Optional.empty();
    }

    /** Fetching and loading; what was asked and checked besides depends on other things. */
    private static long work(JsonNode entry) {
        boolean restored = List.of("complete", "passed")
                        .contains(entry.path("outcome").asText())
                && List.of("restore", "drill").contains(entry.path("kind").asText());
        JsonNode phases = entry.path("phases");
        return restored
                ? phases.path("fetch").asLong()
                        + phases.path("files").asLong()
                        + phases.path("databases").asLong()
                : 0;
    }
}
