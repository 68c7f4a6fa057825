package dev.kamalbackup.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Hides secrets in the free text of a document. */
public final class RedactedJson {
    /**
     * Not every text: an adapter, a name or an id is no place for a secret, and a program that reads the document must
     * find it also where somebody's password is "postgres".
     */
    private static final Set<String> FREE_TEXT = Set.of(
            "argv", "hint", "location", "message", "operation", "place", "reason", "subject", "target", "warnings");

    private RedactedJson() {}

    /** The document with its free text, and nothing else, as the redactor leaves it. */
    public static JsonNode of(JsonNode document, UnaryOperator<String> redactor) {
        if (document instanceof ObjectNode object) {
            ObjectNode copy = JsonNodeFactory.instance.objectNode();
            object.properties()
                    .forEach(field -> copy.set(
                            field.getKey(),
                            FREE_TEXT.contains(field.getKey())
                                    ? text(field.getValue(), redactor)
                                    : of(field.getValue(), redactor)));
            return copy;
        }
        if (document instanceof ArrayNode array) {
            ArrayNode copy = JsonNodeFactory.instance.arrayNode();
            array.forEach(element -> copy.add(of(element, redactor)));
            return copy;
        }
        return document;
    }

    private static JsonNode text(JsonNode value, UnaryOperator<String> redactor) {
        if (value instanceof ArrayNode array) {
            ArrayNode copy = JsonNodeFactory.instance.arrayNode();
            array.forEach(element -> copy.add(text(element, redactor)));
            return copy;
        }
        return value.isTextual() ? TextNode.valueOf(redactor.apply(value.asText())) : value;
    }
}
