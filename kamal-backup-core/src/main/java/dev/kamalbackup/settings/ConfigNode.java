package dev.kamalbackup.settings;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A piece of a configuration file that knows where it stands. */
sealed interface ConfigNode {
    Place place();

    /** One value. Nothing and {@code ~} are the empty text. */
    record Scalar(Place place, String text) implements ConfigNode {
        boolean isBlank() {
            return text.isBlank();
        }

        /** May be a password. */
        @Override
        public String toString() {
            return "Scalar[" + place + "]";
        }
    }

    /** A list. */
    record Items(Place place, List<ConfigNode> nodes) implements ConfigNode {
        public Items {
            nodes = List.copyOf(nodes);
        }
    }

    /** A mapping, in the order of the file. */
    record Section(Place place, Map<String, Child> children) implements ConfigNode {
        public Section {
            children = Collections.unmodifiableMap(new LinkedHashMap<>(children));
        }
    }

    /** Something that was already complained about; whoever reads it says nothing more. */
    record Broken(Place place) implements ConfigNode {}

    /** A value in a mapping, and where its key stands. */
    record Child(Place keyPlace, ConfigNode node) {}
}
