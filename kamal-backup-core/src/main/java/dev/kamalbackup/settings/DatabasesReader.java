package dev.kamalbackup.settings;

import dev.kamalbackup.config.DatabaseSettings;
import dev.kamalbackup.error.Problem;
import dev.kamalbackup.redact.Secret;
import dev.kamalbackup.settings.ConfigNode.Broken;
import dev.kamalbackup.settings.ConfigNode.Child;
import dev.kamalbackup.settings.ConfigNode.Items;
import dev.kamalbackup.settings.ConfigNode.Section;
import dev.kamalbackup.settings.DatabaseTypes.DatabaseType;
import dev.kamalbackup.settings.DatabaseTypes.Option;
import dev.kamalbackup.tag.Names;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the list {@code databases}, each entry by the options that its adapter declares. */
final class DatabasesReader {
    private static final String NAME = "name";
    private static final String ADAPTER = "adapter";

    private final Values values;
    private final SecretReader secrets;
    private final DatabaseTypes adapters;
    private final Problems problems;
    private final Map<String, String> labelsByName = new HashMap<>();

    DatabasesReader(Values values, SecretReader secrets, DatabaseTypes adapters, Problems problems) {
        this.values = values;
        this.secrets = secrets;
        this.adapters = adapters;
        this.problems = problems;
    }

    List<DatabaseSettings> read(Entry list) {
        if (list.node() instanceof Broken) {
            return List.of();
        }
        if (!(list.node() instanceof Items items)) {
            problems.add(
                    list.place(),
                    list.label(),
                    list.isBlank()
                            ? "at least one database is needed"
                            : "expects a list; each database begins with \"- name: NAME\"");
            return List.of();
        }
        if (items.nodes().isEmpty()) {
            problems.add(list.place(), list.label(), "at least one database is needed");
        }
        List<DatabaseSettings> databases = new ArrayList<>();
        for (int i = 0; i < items.nodes().size() && !problems.isFull(); i++) {
            Entry entry =
                    new Entry(list.label() + "[" + (i + 1) + "]", items.nodes().get(i));
            if (entry.node() instanceof Section section) {
                databases.add(database(entry, section));
            } else if (!(entry.node() instanceof Broken)) {
                problems.add(entry.place(), entry.label(), "expects keys and values: name, adapter and its options");
            }
        }
        return databases;
    }

    private DatabaseSettings database(Entry entry, Section section) {
        String name = required(entry, section, NAME);
        if (!name.isEmpty()) {
            checkName(entry.label() + "." + NAME, place(section, NAME, entry), name);
        }
        String word = required(entry, section, ADAPTER);
        Optional<DatabaseType> type = adapters.type(word);
        if (type.isEmpty()) {
            if (!word.isEmpty()) {
                problems.add(
                        place(section, ADAPTER, entry),
                        entry.label() + "." + ADAPTER,
                        adapters.unknown(problems.name(word)));
            }
            return DatabaseSettings.of(name, word);
        }
        return database(entry, section, name, type.get());
    }

    private DatabaseSettings database(Entry entry, Section section, String name, DatabaseType type) {
        DatabaseSettings settings = DatabaseSettings.of(name, type.id());
        boolean complete = true;
        for (Map.Entry<String, Child> child : section.children().entrySet()) {
            String written = child.getKey();
            if (written.equals(NAME) || written.equals(ADAPTER)) {
                continue;
            }
            Optional<Option> option = option(type, written);
            Entry value = new Entry(
                    entry.label() + "." + (option.isPresent() ? written : problems.name(written)),
                    child.getValue().node());
            if (option.isEmpty()) {
                problems.add(child.getValue().keyPlace(), value.label(), NearestName.unknownKey(written, known(type)));
                complete = false;
            } else if (!value.isBlank()) {
                Optional<String> text = text(value, option.get());
                complete &= text.isPresent();
                settings = with(settings, option.get(), text, value);
            }
        }
        // With half of the options missing the adapter would complain of what is there.
        if (complete) {
            type.check().apply(settings).forEach(problem -> passOn(problem, entry, section));
        }
        return settings;
    }

    private static Optional<Option> option(DatabaseType type, String written) {
        return type.option(written)
                .or(() -> ConnectionKeys.alias(type.id(), written).flatMap(type::option));
    }

    private DatabaseSettings with(DatabaseSettings settings, Option option, Optional<String> text, Entry value) {
        if (settings.option(option.name()).isPresent()) {
            problems.add(value.place(), value.label(), "means the same as " + option.name() + "; keep one");
        }
        if (text.isEmpty()) {
            return settings;
        }
        return option.secret()
                ? settings.with(option.name(), new Secret(text.get()))
                : settings.with(option.name(), text.get());
    }

    private void passOn(Problem problem, Entry entry, Section section) {
        String label = problem.key().isEmpty() ? entry.label() : entry.label() + "." + problem.key();
        problems.add(place(section, problem.key(), entry), label, problem.message());
    }

    /** A list becomes one text with a line for each item. */
    private Optional<String> text(Entry value, Option option) {
        if (!(value.node() instanceof Items items)) {
            return secrets.read(value, option.secret());
        }
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < items.nodes().size(); i++) {
            Entry item =
                    new Entry(value.label() + "[" + (i + 1) + "]", items.nodes().get(i));
            values.scalar(item).ifPresent(lines::add);
        }
        return lines.size() == items.nodes().size() ? Optional.of(String.join("\n", lines)) : Optional.empty();
    }

    private void checkName(String label, Place place, String name) {
        Names.flaw(name).ifPresent(flaw -> problems.add(place, label, flaw));
        // Names that differ only in what the dump's path cannot hold would share that path.
        String other = labelsByName.putIfAbsent(Names.sanitize(name), label);
        if (other != null) {
            problems.add(place, label, "another database (" + other + ") has the same name " + problems.quote(name));
        }
    }

    private String required(Entry entry, Section section, String key) {
        Child child = section.children().get(key);
        Entry value = child == null ? null : new Entry(entry.label() + "." + key, child.node());
        if (value == null || value.isBlank()) {
            problems.add(entry.place(), entry.label() + "." + key, "is missing");
            return "";
        }
        return values.scalar(value).orElse("");
    }

    private static Place place(Section section, String key, Entry entry) {
        Child child = section.children().get(key);
        return child == null ? entry.place() : child.keyPlace();
    }

    private static List<String> known(DatabaseType type) {
        List<String> known = new ArrayList<>(List.of(NAME, ADAPTER));
        type.options().forEach(option -> known.add(option.name()));
        return known;
    }
}
