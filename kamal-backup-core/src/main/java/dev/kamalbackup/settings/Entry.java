package dev.kamalbackup.settings;

import dev.kamalbackup.settings.ConfigNode.Scalar;

/**
 * What was given for a key.
 *
 * @param label how the user calls it: the key path, the flat name or the variable
 * @param node what was given
 */
record Entry(String label, ConfigNode node) {
    Place place() {
        return node.place();
    }

    /** Whether nothing stands there, which unsets what weaker places say. */
    boolean isBlank() {
        return node instanceof Scalar scalar && scalar.isBlank();
    }
}
