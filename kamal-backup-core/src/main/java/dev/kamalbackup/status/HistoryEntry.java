package dev.kamalbackup.status;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kamalbackup.tag.RunId;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Reads lines of the history, whatever wrote them. */
final class HistoryEntry {
    private static final Set<String> GOOD = Set.of("complete", "ok", "passed", "done");

    private HistoryEntry() {}

    static String kind(JsonNode entry) {
        return entry.path("kind").asText();
    }

    static boolean wentWell(JsonNode entry) {
        return GOOD.contains(entry.path("outcome").asText());
    }

    static Optional<Status.GoodRun> goodRun(JsonNode entry) {
        return at(entry)
                .flatMap(time -> RunId.parse(entry.path("run_id").asText()).map(run -> new Status.GoodRun(run, time)));
    }

    static Optional<Status.Event> event(JsonNode entry) {
        return at(entry)
                .map(time -> new Status.Event(
                        kind(entry), time, entry.path("outcome").asText(), reason(entry)));
    }

    private static String reason(JsonNode entry) {
        Stream<String> parts = StreamSupport.stream(entry.path("parts").spliterator(), false)
                .map(part -> part.path("reason").asText());
        Stream<String> reasons =
                StreamSupport.stream(entry.path("reasons").spliterator(), false).map(JsonNode::asText);
        Stream<String> own =
                Stream.of(entry.path("reason").asText(), entry.path("error").asText());
        return Stream.of(own, reasons, parts)
                .flatMap(texts -> texts)
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining("; "));
    }

    private static Optional<Instant> at(JsonNode entry) {
        try {
            return Optional.of(Instant.parse(entry.path("at").asText()));
        } catch (DateTimeException unreadable) {
            // The chain tells of a line that somebody changed; here it only cannot be shown.
            return Optional.empty();
        }
    }
}
