package dev.kamalbackup.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kamalbackup.redact.Redactor;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What the history tells. A kind that this version does not know is counted; a line that nobody can read is, too.
 *
 * @param events everything that can be read, newest first
 * @param counts how many there are of each kind
 * @param unreadable how many lines do not say what happened when
 */
public record Chronicle(List<PastEvent> events, Map<String, Integer> counts, int unreadable) {
    public Chronicle {
        events = List.copyOf(events);
        counts = Collections.unmodifiableSortedMap(new TreeMap<>(counts));
    }

    /**
     * Reads the entries of a history.
     *
     * @param lines how many lines it has, half ones included
     */
    static Chronicle read(List<JsonNode> entries, int lines, Redactor redactor) {
        List<PastEvent> events = new ArrayList<>();
        Map<String, Integer> counts = new TreeMap<>();
        for (JsonNode entry : entries) {
            PastEvent.read(entry, redactor).ifPresent(event -> {
                events.add(event);
                counts.merge(event.kind(), 1, Integer::sum);
            });
        }
        int unreadable = Math.max(0, lines - events.size());
        // Stable: of two of one second the later line comes first.
        Collections.reverse(events);
        events.sort(Comparator.comparing(PastEvent::at).reversed());
        return new Chronicle(events, counts, unreadable);
    }

    /** The newest of these kinds. */
    public List<PastEvent> newest(String... kinds) {
        Set<String> wanted = Set.of(kinds);
        return events.stream()
                .filter(event -> wanted.contains(event.kind()))
                .limit(Evidence.LISTED)
                .toList();
    }

    /** The newest that did not end well, whatever they were. */
    public List<PastEvent> failures() {
        return events.stream().filter(PastEvent::failed).limit(Evidence.LISTED).toList();
    }

    /** When the oldest ended. */
    public Optional<Instant> first() {
        return events.isEmpty()
                ? Optional.empty()
                : Optional.of(events.get(events.size() - 1).at());
    }

    /** When the newest ended. */
    public Optional<Instant> last() {
        return events.stream().findFirst().map(PastEvent::at);
    }
}
