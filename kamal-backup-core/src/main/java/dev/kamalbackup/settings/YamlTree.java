package dev.kamalbackup.settings;

import dev.kamalbackup.settings.ConfigNode.Broken;
import dev.kamalbackup.settings.ConfigNode.Child;
import dev.kamalbackup.settings.ConfigNode.Items;
import dev.kamalbackup.settings.ConfigNode.Scalar;
import dev.kamalbackup.settings.ConfigNode.Section;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.DocumentEndEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.StreamStartEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/**
 * Reads YAML as plain values, lists and mappings, each with its line. Built from the parser's events, not from its
 * nodes: so nesting is bounded before anything recurses, and no alias is ever followed.
 */
final class YamlTree {
    /** Three times what any valid file needs. */
    private static final int DEEPEST = 16;

    /**
     * What Ruby's reader of YAML 1.1 (Psych 5) takes for a number that is written otherwise: base 2, 8, 16 or 60, or with
     * underscores or commas.
     */
    private static final Pattern OTHER_NUMBER = Pattern.compile(
            "[-+]?(0[0-7_,]+|0b[01_,]+|0x[0-9a-fA-F_,]+|[1-9][0-9]*[_,][0-9_,]*|[0-9][0-9_]*(:[0-5]?[0-9]){1,2})");

    private static final Set<String> NOTHING = Set.of("", "~", "null", "Null", "NULL");

    private final StreamReader reader;
    private final Iterator<Event> events;
    private final Place file;
    private final Problems problems;

    private YamlTree(String text, Place file, Problems problems) {
        LoadSettings settings =
                LoadSettings.builder().setCodePointLimit(text.length() + 1).build();
        this.reader = new StreamReader(settings, text);
        this.events = new ParserImpl(settings, reader);
        this.file = file;
        this.problems = problems;
    }

    /** The tree; empty for an empty file, and, with a problem, for one that cannot be read. */
    static Optional<ConfigNode> parse(String text, Place file, Problems problems) {
        YamlTree tree = new YamlTree(text, file, problems);
        try {
            return tree.document();
        } catch (YamlEngineException mistake) {
            YamlMistake.tell(mistake, file, problems);
        } catch (IllegalArgumentException badEscape) {
            // So snakeyaml-engine 3.2 ends at an escape of no character, and at one the file is cut off in.
            YamlMistake.tellOfEscape(file.atLine(tree.reader.getLine() + 1), problems);
        }
        return Optional.empty();
    }

    private Optional<ConfigNode> document() {
        Optional<ConfigNode> root = Optional.empty();
        while (events.hasNext()) {
            Event event = events.next();
            if (event instanceof StreamStartEvent || event instanceof DocumentEndEvent) {
                continue;
            }
            if (event instanceof DocumentStartEvent) {
                if (root.isPresent()) {
                    problems.add(place(event), "", "a second document begins here; everything must stand in one");
                    return Optional.empty();
                }
                root = Optional.of(node(events.next(), 0));
            }
        }
        return root;
    }

    private ConfigNode node(Event event, int depth) {
        Place place = place(event);
        if (event instanceof AliasEvent) {
            problems.add(place, "", "aliases (*name) are not supported; write the value out");
            return new Broken(place);
        }
        boolean refused = refuse((NodeEvent) event, place);
        ConfigNode node = event instanceof ScalarEvent scalar
                ? scalar(scalar, place)
                : collection((CollectionStartEvent) event, place, depth);
        return refused ? new Broken(place) : node;
    }

    private ConfigNode collection(CollectionStartEvent event, Place place, int depth) {
        if (depth >= DEEPEST) {
            problems.add(place, "", "is nested deeper than any configuration needs to be");
            skip();
            return new Broken(place);
        }
        return event instanceof MappingStartEvent ? mapping(place, depth) : sequence(place, depth);
    }

    private Items sequence(Place place, int depth) {
        List<ConfigNode> nodes = new ArrayList<>();
        for (Event event = events.next(); isNode(event); event = events.next()) {
            nodes.add(node(event, depth + 1));
        }
        return new Items(place, nodes);
    }

    private Section mapping(Place place, int depth) {
        Map<String, Child> children = new LinkedHashMap<>();
        for (Event event = events.next(); isNode(event); event = events.next()) {
            ConfigNode key = node(event, depth + 1);
            ConfigNode value = node(events.next(), depth + 1);
            if (key instanceof Scalar scalar) {
                put(children, scalar, value);
            } else if (!(key instanceof Broken)) {
                problems.add(key.place(), "", "a key must be plain text, not a list or a mapping");
            }
        }
        return new Section(place, children);
    }

    private void put(Map<String, Child> children, Scalar key, ConfigNode value) {
        if (key.text().equals("<<")) {
            problems.add(key.place(), "<<", "merging is not supported; write the keys out");
            return;
        }
        Child first = children.putIfAbsent(key.text(), new Child(key.place(), value));
        if (first != null) {
            problems.add(
                    key.place(),
                    problems.name(key.text()),
                    "is given twice, the first time on line " + first.keyPlace().line() + "; keep one");
        }
    }

    private boolean refuse(NodeEvent event, Place place) {
        if (event.getAnchor().isPresent()) {
            problems.add(place, "", "anchors (&name) are not supported; quote the value if it begins with &");
            return true;
        }
        boolean tagged = event instanceof ScalarEvent scalar
                ? scalar.getTag().isPresent()
                : ((CollectionStartEvent) event).getTag().isPresent();
        if (tagged) {
            problems.add(place, "", "tags (!name) are not supported; quote the value if it begins with !");
        }
        return tagged;
    }

    /** Reads on to the end of the collection that has just begun. */
    private void skip() {
        for (int open = 1; open > 0; ) {
            Event event = events.next();
            if (event instanceof CollectionStartEvent) {
                open++;
            } else if (!isNode(event)) {
                open--;
            }
        }
    }

    private static boolean isNode(Event event) {
        return event instanceof NodeEvent;
    }

    private ConfigNode scalar(ScalarEvent event, Place place) {
        String text = event.getValue();
        // Escapes can write what no file name, argument or variable can hold.
        if (text.codePoints().anyMatch(point -> point == 0 || Character.getType(point) == Character.SURROGATE)) {
            problems.add(place, "", "an escape in double quotes makes a character that no text can hold");
            return new Broken(place);
        }
        if (event.isPlain() && OTHER_NUMBER.matcher(text).matches()) {
            problems.warn(
                    place,
                    "",
                    "the Ruby version read this as another number, since it has no quotes (base 2, 8, 16 or 60, _ or comma);"
                            + " quote what is meant");
        }
        return new Scalar(place, event.isPlain() && NOTHING.contains(text) ? "" : text);
    }

    private Place place(Event event) {
        return file.atLine(event.getStartMark().map(Mark::getLine).orElse(-1) + 1);
    }
}
