package dev.kamalbackup.cli.kamal;

import dev.kamalbackup.error.Fault;
import dev.kamalbackup.error.ToolException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/**
 * YAML as Ruby prints it, read as text, lists and mappings. Tags such as {@code !ruby/object:…} are passed over, and no
 * object is ever made of them. Keys and words lose the colon of a Ruby symbol.
 */
final class RenderedYaml {
    private final Map<String, Object> root;

    private RenderedYaml(Map<String, Object> root) {
        this.root = root;
    }

    /**
     * The first document of what a program printed; lines before its {@code ---} are no part of it.
     *
     * @throws ToolException if it is no YAML with a mapping in it
     */
    static RenderedYaml parse(String printed, String source) {
        String text = document(printed);
        try {
            LoadSettings settings =
                    LoadSettings.builder().setCodePointLimit(text.length() + 1).build();
            RenderedValues values = new RenderedValues(new ParserImpl(settings, new StreamReader(settings, text)));
            if (values.document() instanceof Map<?, ?> map) {
                return new RenderedYaml(texts(map));
            }
        } catch (YamlEngineException | IllegalArgumentException mistake) {
            throw unreadable(
                    source,
                    String.valueOf(mistake.getMessage()).lines().findFirst().orElse(""));
        }
        throw unreadable(source, "it holds no mapping");
    }

    /** What is below these keys; empty if there is nothing, or something else. */
    Map<String, Object> section(String... path) {
        return section(root, path);
    }

    static Map<String, Object> section(Map<String, Object> from, String... path) {
        Object at = from;
        for (String key : path) {
            at = at instanceof Map<?, ?> map && map.get(key) != null ? map.get(key) : Map.of();
        }
        return at instanceof Map<?, ?> map ? texts(map) : Map.of();
    }

    String text(String key) {
        return text(root, key);
    }

    static String text(Map<String, Object> from, String key) {
        return from.get(key) instanceof String text ? text : "";
    }

    /** The items that are text; text alone is the only item. */
    List<String> texts(String key) {
        return texts(root.get(key));
    }

    static List<String> texts(@Nullable Object value) {
        if (value instanceof List<?> list) {
            return list.stream()
                    .filter(String.class::isInstance)
                    .map(String.class::cast)
                    .toList();
        }
        return value instanceof String text && !text.isEmpty() ? List.of(text) : List.of();
    }

    private static Map<String, Object> texts(Map<?, ?> map) {
        Map<String, Object> texts = new LinkedHashMap<>();
        map.forEach((key, value) -> texts.put(String.valueOf(key), value));
        return texts;
    }

    private static String document(String printed) {
        int start = printed.startsWith("---") ? 0 : printed.indexOf("\n---");
        return start < 0 ? printed : printed.substring(start).strip();
    }

    private static ToolException unreadable(String source, String reason) {
        return new ToolException(new Fault(
                "read Kamal's configuration",
                source,
                "what Kamal printed cannot be read: " + reason,
                "run it yourself and see what it prints"));
    }
}
