package dev.kamalbackup.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.kamalbackup.redact.Redactor;
import java.util.Set;

/** Hides secrets in a record that somebody else may have written. */
final class RecordRedaction {
    /**
     * Words that a program reads the record by. They are no place for a secret, and must be found also where somebody's
     * password is "postgres" or "ok".
     */
    private static final Set<String> WORDS = Set.of(
            "kind",
            "status",
            "outcome",
            "scope",
            "name",
            "adapter",
            "database",
            "run_id",
            "snapshot",
            "started_at",
            "finished_at",
            "phase",
            "compared",
            "state");

    private final Redactor redactor;

    RecordRedaction(Redactor redactor) {
        this.redactor = redactor;
    }

    ObjectNode of(ObjectNode record) {
        ObjectNode copy = JsonNodeFactory.instance.objectNode();
        record.properties()
                .forEach(field -> copy.set(
                        redactor.redact(field.getKey()),
                        WORDS.contains(field.getKey()) && field.getValue().isTextual()
                                ? field.getValue()
                                : any(field.getValue())));
        return copy;
    }

    private JsonNode any(JsonNode node) {
        if (node instanceof ObjectNode object) {
            return of(object);
        }
        if (node instanceof ArrayNode array) {
            ArrayNode copy = JsonNodeFactory.instance.arrayNode();
            array.forEach(element -> copy.add(any(element)));
            return copy;
        }
        return node.isTextual() ? TextNode.valueOf(redactor.redact(node.asText())) : node;
    }
}
