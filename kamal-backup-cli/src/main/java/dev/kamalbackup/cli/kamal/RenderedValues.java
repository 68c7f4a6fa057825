package dev.kamalbackup.cli.kamal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;

/** Builds text, lists and mappings from the events of a YAML parser: whatever the tags say, nothing else is built. */
final class RenderedValues {
    private static final int DEEPEST = 32;

    private final Iterator<Event> events;
    private final Map<String, Object> anchors = new HashMap<>();

    RenderedValues(Iterator<Event> events) {
        this.events = events;
    }

    /** What the first document holds; empty text if there is none. */
    Object document() {
        while (events.hasNext()) {
            if (events.next() instanceof NodeEvent first) {
                return value(first, 0);
            }
        }
        return "";
    }

    private Object value(NodeEvent event, int depth) {
        if (depth > DEEPEST) {
            throw new IllegalArgumentException("it is nested too deep");
        }
        if (event instanceof AliasEvent alias) {
            return anchors.getOrDefault(anchor(alias), "");
        }
        Object value = "";
        if (event instanceof ScalarEvent scalar) {
            value = text(scalar);
        } else if (event instanceof SequenceStartEvent) {
            value = sequence(depth);
        } else if (event instanceof MappingStartEvent) {
            value = mapping(depth);
        }
        // Known only now, so that no value can hold itself.
        anchors.put(anchor(event), value);
        return value;
    }

    private List<Object> sequence(int depth) {
        List<Object> list = new ArrayList<>();
        while (events.next() instanceof NodeEvent item) {
            list.add(value(item, depth + 1));
        }
        return list;
    }

    private Map<String, Object> mapping(int depth) {
        Map<String, Object> map = new LinkedHashMap<>();
        while (events.next() instanceof NodeEvent key) {
            Object name = value(key, depth + 1);
            Object value = events.next() instanceof NodeEvent node ? value(node, depth + 1) : "";
            if (name instanceof String text) {
                // Ruby writes the key that is a symbol with a colon in front, bare or, before some characters, quoted.
                map.put(withoutColon(text), value);
            }
        }
        return map;
    }

    private static String anchor(NodeEvent event) {
        return event.getAnchor().map(Object::toString).orElse("");
    }

    /** Ruby quotes a text that begins with a colon and leaves a symbol bare. */
    private static String text(ScalarEvent scalar) {
        return scalar.isPlain() ? withoutColon(scalar.getValue()) : scalar.getValue();
    }

    private static String withoutColon(String word) {
        return word.length() > 1 && word.startsWith(":") ? word.substring(1) : word;
    }
}
