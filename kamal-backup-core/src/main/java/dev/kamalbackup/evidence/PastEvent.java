package dev.kamalbackup.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kamalbackup.redact.Redactor;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What one line of the history tells.
 *
 * @param kind what was done: {@code backup}, {@code safety_backup}, {@code restore}, {@code drill}, {@code check},
 *     {@code prune}, or a word that only a later version knows
 * @param at when it ended
 * @param startedAt when it started
 * @param outcome how it ended, in the history's own word; empty if the line does not say
 * @param runId the run it was about
 * @param bytes how many bytes were read
 * @param parts the parts that were saved
 * @param phases how many milliseconds each phase took
 * @param reasons why it ended so
 * @param detail what else is worth a word: {@code production}, {@code 1/10 of the data}, {@code 7 kept}
 */
public record PastEvent(
        String kind,
        Instant at,
        Optional<Instant> startedAt,
        String outcome,
        Optional<String> runId,
        OptionalLong bytes,
        List<String> parts,
        Map<String, Long> phases,
        List<String> reasons,
        String detail) {
    private static final Set<String> GOOD = Set.of("complete", "passed", "ok", "done");

    /** Neither waiting for a person's answer nor tidying up keeps anybody from working. */
    private static final Set<String> NO_RECOVERY = Set.of("plan", "clear away");

    public PastEvent {
        parts = List.copyOf(parts);
        phases = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(phases));
        reasons = List.copyOf(reasons);
    }

    /** Reads a line of the history; empty if it does not say what happened when. */
    static Optional<PastEvent> read(JsonNode line, Redactor redactor) {
        String kind = line.path("kind").asText();
        Optional<Instant> at = time(line.path("at"));
        if (kind.isEmpty() || at.isEmpty()) {
            return Optional.empty();
        }
        Map<String, Long> phases = new LinkedHashMap<>();
        line.path("phases")
                .properties()
                .forEach(phase -> phases.put(
                        redactor.redact(phase.getKey()), phase.getValue().asLong()));
        return Optional.of(new PastEvent(
                kind,
                at.get(),
                time(line.path("started_at")),
                line.path("outcome").asText(),
                Optional.of(line.path("run_id").asText()).filter(id -> !id.isEmpty()),
                bytes(line),
                saved(line),
                phases,
                reasons(line).stream().map(redactor::redact).toList(),
                redactor.redact(detail(line))));
    }

    /** Whether it ended well. */
    public boolean succeeded() {
        return GOOD.contains(outcome);
    }

    /** Whether it ended otherwise than well; what says no outcome did neither. */
    public boolean failed() {
        return !outcome.isEmpty() && !succeeded();
    }

    /** How long it took to bring the data back, without questions and tidying up; empty if the line does not say. */
    public Optional<Duration> recovery() {
        long millis = phases.entrySet().stream()
                .filter(phase -> !NO_RECOVERY.contains(phase.getKey()))
                .mapToLong(Map.Entry::getValue)
                .sum();
        return millis == 0 ? Optional.empty() : Optional.of(Duration.ofMillis(millis));
    }

    private static Optional<Instant> time(JsonNode node) {
        try {
            return node.isTextual() ? Optional.of(Instant.parse(node.asText())) : Optional.empty();
        } catch (DateTimeException unreadable) {
            return Optional.empty();
        }
    }

    private static OptionalLong bytes(JsonNode line) {
        if (line.path("bytes").isNumber()) {
            return OptionalLong.of(line.path("bytes").asLong());
        }
        long sum = 0;
        boolean any = false;
        for (JsonNode part : line.path("parts")) {
            any |= part.path("bytes").isNumber();
            sum += part.path("bytes").asLong();
        }
        return any ? OptionalLong.of(sum) : OptionalLong.empty();
    }

    private static List<String> saved(JsonNode line) {
        List<String> parts = new ArrayList<>();
        line.path("parts").forEach(part -> {
            if (part.path("outcome").asText().equals("saved")) {
                parts.add(part.path("part").asText());
            }
        });
        return parts;
    }

    private static List<String> reasons(JsonNode line) {
        List<String> reasons = new ArrayList<>();
        for (String key : List.of("reason", "error")) {
            if (line.path(key).isTextual()) {
                reasons.add(line.path(key).asText());
            }
        }
        line.path("reasons").forEach(reason -> reasons.add(reason.asText()));
        line.path("parts").forEach(part -> {
            if (part.path("reason").isTextual()) {
                reasons.add(
                        part.path("part").asText() + ": " + part.path("reason").asText());
            }
        });
        return reasons;
    }

    private static String detail(JsonNode line) {
        if (line.path("scope").isTextual()) {
            return line.path("scope").asText();
        }
        if (!line.path("subset").asText().isEmpty()) {
            return line.path("subset").asText() + " of the data read";
        }
        return line.path("removed").isArray()
                ? line.path("kept").asText("?") + " kept, "
                        + line.path("removed").size() + " removed"
                : "";
    }
}
