package dev.kamalbackup.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.OptionalLong;

/** What all documents have in common. */
final class Documents {
    /** Raised only by a change that breaks readers; new fields may come at any time. */
    static final int SCHEMA_VERSION = 1;

    private Documents() {}

    static ObjectNode ofKind(String kind) {
        return object().put("schema_version", SCHEMA_VERSION).put("kind", kind);
    }

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    static String time(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    static void putTexts(ObjectNode document, String name, Collection<?> values) {
        ArrayNode array = document.putArray(name);
        values.forEach(value -> array.add(value.toString()));
    }

    static void putBytes(ObjectNode document, OptionalLong bytes) {
        // Not 0: the size of a snapshot made by an old restic is unknown, and an unknown size is no small one.
        bytes.ifPresentOrElse(known -> document.put("bytes", known), () -> document.putNull("bytes"));
    }
}
