package dev.kamalbackup.rails;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.schema.FailsafeSchema;

/**
 * A piece of one of the app's YAML files, merges ({@code <<: *default}) followed, all values texts. Asking for what is
 * not there gives nothing.
 *
 * @param value a text, a {@code List} or a {@code Map}; nothing if there is nothing
 */
record AppNode(@Nullable Object value) {
    private static final AppNode NOTHING = new AppNode(null);

    /** No file of an app needs more, and a bomb of aliases does. */
    private static final int MOST_ALIASES = 100;

    private static final int DEEPEST = 20;

    /** @throws org.snakeyaml.engine.v2.exceptions.YamlEngineException if it is not valid YAML */
    static AppNode parse(String yaml) {
        LoadSettings settings = LoadSettings.builder()
                .setSchema(new FailsafeSchema())
                .setMaxAliasesForCollections(MOST_ALIASES)
                .setAllowDuplicateKeys(true)
                .build();
        return new AppNode(new Load(settings).loadFromString(yaml));
    }

    /** What stands below these keys. */
    AppNode at(String... keys) {
        AppNode node = this;
        for (String key : keys) {
            node = node.entries().getOrDefault(key, NOTHING);
        }
        return node;
    }

    /** The text, if it is one that says something. */
    Optional<String> text() {
        return value instanceof String text && !text.isBlank() && !text.equals("~") && !text.equals("null")
                ? Optional.of(text.strip())
                : Optional.empty();
    }

    /** The keys and what stands below each; empty if it is no mapping. What a mapping says itself wins over merges. */
    Map<String, AppNode> entries() {
        return entries(0);
    }

    private Map<String, AppNode> entries(int depth) {
        if (!(value instanceof Map<?, ?> map) || depth > DEEPEST) {
            return Map.of();
        }
        Map<String, AppNode> entries = new LinkedHashMap<>();
        AppNode merged = new AppNode(map.get("<<"));
        for (AppNode source : merged.value instanceof List<?> ? merged.items() : List.of(merged)) {
            source.entries(depth + 1).forEach(entries::putIfAbsent);
        }
        map.forEach((key, child) -> {
            if (key instanceof String name && !name.equals("<<")) {
                entries.put(name, new AppNode(child));
            }
        });
        return entries;
    }

    /** The items of a list; empty if it is none. */
    List<AppNode> items() {
        return value instanceof List<?> list ? list.stream().map(AppNode::new).toList() : List.of();
    }

    boolean isMapping() {
        return value instanceof Map<?, ?>;
    }
}
