package dev.kamalbackup.settings;

import dev.kamalbackup.settings.ConfigNode.Broken;
import dev.kamalbackup.settings.ConfigNode.Child;
import dev.kamalbackup.settings.ConfigNode.Scalar;
import dev.kamalbackup.settings.ConfigNode.Section;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** What one file says, by key, in whichever of the two shapes it is written. */
final class Layer {
    /** Flat names of the predecessor that stand for variables only the environment can hold now. */
    private static final Set<String> ENVIRONMENT_ONLY = Set.of(
            "mysql_dump_bin",
            "mysql_client_bin",
            "kamal_backup_postgres_client_root",
            "kamal_backup_postgres_probe_bin",
            "kamal_backup_allow_in_place_file_restore");

    /** A switch of the predecessor, up to 0.2.7, that no version after it obeys. */
    private static final String RETIRED = "allow_production_restore";

    private final Map<Key, Entry> entries = new HashMap<>();
    private final Problems problems;

    private Layer(Problems problems) {
        this.problems = problems;
    }

    static Layer of(Section root, Problems problems) {
        Layer layer = new Layer(problems);
        layer.readSection(root, "");
        return layer;
    }

    Optional<Entry> find(Key key) {
        return Optional.ofNullable(entries.get(key));
    }

    private void readSection(Section section, String prefix) {
        section.children().forEach((name, child) -> {
            String path = prefix + name;
            Optional<Key> key = prefix.isEmpty() ? Keys.at(path).or(() -> Keys.flat(name)) : Keys.at(path);
            if (key.isPresent()) {
                put(key.get(), path, child);
            } else if (Keys.isSection(path)) {
                enter(child, path);
            } else {
                refuse(name, prefix, child);
            }
        });
    }

    private void put(Key key, String label, Child child) {
        Entry first = entries.putIfAbsent(key, new Entry(label, child.node()));
        if (first != null) {
            problems.add(
                    child.keyPlace(),
                    label,
                    "means the same as " + first.label() + " on line "
                            + first.place().line() + "; keep one");
        }
    }

    private void enter(Child child, String path) {
        if (child.node() instanceof Section section) {
            readSection(section, path + ".");
        } else if (!(child.node() instanceof Broken) && !(child.node() instanceof Scalar scalar && scalar.isBlank())) {
            problems.add(
                    child.keyPlace(), path, "expects keys below it, indented: " + String.join(", ", Keys.names(path)));
        }
    }

    private void refuse(String name, String prefix, Child child) {
        Place place = child.keyPlace();
        if (prefix.isEmpty() && name.equals(RETIRED)) {
            problems.warn(place, name, "has no effect any more; every restore of production asks");
        } else if (prefix.isEmpty() && ENVIRONMENT_ONLY.contains(name)) {
            problems.add(
                    place, name, "is read from the environment only; set " + name.toUpperCase(Locale.ROOT) + " there");
        } else {
            // Looking for what was meant takes its time; nobody reads it once there are too many.
            problems.add(place, problems.name(prefix + name), problems.isFull() ? "" : unknown(name, prefix));
        }
    }

    private static String unknown(String name, String prefix) {
        String section = prefix.isEmpty() ? "" : prefix.substring(0, prefix.length() - 1);
        List<String> siblings = Keys.names(section);
        Map<String, String> elsewhere = new TreeMap<>();
        Keys.places().forEach(path -> elsewhere.putIfAbsent(path.substring(path.lastIndexOf('.') + 1), path));
        Optional<String> meant = Optional.ofNullable(elsewhere.get(name))
                .or(() -> NearestName.of(name, siblings))
                .or(() -> prefix.isEmpty() ? NearestName.of(name, Keys.flatNames()) : Optional.empty())
                .or(() -> NearestName.of(name, elsewhere.keySet()).map(elsewhere::get));
        return meant.map(known -> "unknown key; did you mean " + known + "?")
                .orElseGet(() -> NearestName.unknownKey(name, siblings));
    }
}
