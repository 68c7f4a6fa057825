package dev.kamalbackup.settings;

import dev.kamalbackup.redact.Redactor;
import dev.kamalbackup.settings.ConfigNode.Broken;
import dev.kamalbackup.settings.ConfigNode.Items;
import dev.kamalbackup.settings.ConfigNode.Scalar;
import dev.kamalbackup.settings.ConfigNode.Section;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Tells of each setting where its value comes from. */
final class Explainer {
    private final Values values;
    private final Problems problems;

    Explainer(Values values, Problems problems) {
        this.values = values;
        this.problems = problems;
    }

    /** Every key that has a place in the grouped file, and of the others those that are given. */
    List<Explanation> all() {
        return Keys.ALL.stream()
                .filter(key -> !key.path().isEmpty() || values.find(key).isPresent())
                .map(this::explain)
                .toList();
    }

    private Explanation explain(Key key) {
        String name = key.path().isEmpty() ? key.environment() : key.path();
        Optional<Entry> entry = values.find(key);
        if (entry.isEmpty() || entry.get().isBlank()) {
            String source = key.fallback().isEmpty() ? "" : "default";
            return new Explanation(name, key.fallback(), source, key.help());
        }
        String shown = shown(key, entry.get().node());
        return new Explanation(name, shown, source(entry.get(), name), key.help());
    }

    private static String source(Entry entry, String name) {
        String place = entry.place().toString();
        return entry.label().equals(name) ? place : place + ", as " + entry.label();
    }

    private String shown(Key key, ConfigNode node) {
        if (node instanceof Scalar scalar) {
            return key.secret() ? Redactor.MARK : problems.name(scalar.text().strip());
        }
        if (node instanceof Items items) {
            return items.nodes().stream().map(item -> shown(key, item)).collect(Collectors.joining(", "));
        }
        if (node instanceof Section section) {
            return key.type() == KeyType.SECRET ? reference(section) : nameOf(section);
        }
        return node instanceof Broken ? "(set where the backups run)" : "";
    }

    /** Where a secret stands may be seen. */
    private String reference(Section section) {
        return section.children().entrySet().stream()
                .map(child -> child.getValue().node() instanceof Scalar scalar
                        ? child.getKey() + ": " + problems.name(scalar.text())
                        : child.getKey() + ": ..")
                .collect(Collectors.joining(", ", "{", "}"));
    }

    /** What a database, or a path with excludes, is called. */
    private String nameOf(Section section) {
        return List.of("name", "path").stream()
                .flatMap(key -> Optional.ofNullable(section.children().get(key)).stream())
                .map(child -> child.node() instanceof Scalar scalar ? problems.name(scalar.text()) : "..")
                .findFirst()
                .orElse("..");
    }
}
