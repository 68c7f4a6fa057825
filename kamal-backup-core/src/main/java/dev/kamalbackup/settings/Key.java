package dev.kamalbackup.settings;

import java.util.Locale;

/**
 * The definition of one setting, from which it is read and unknown keys are told from known ones.
 *
 * @param path where it stands in the grouped file, as in {@code restic.password}; empty for what only the older flat
 *     file and the environment know
 * @param type what its value must look like
 * @param fallback the value when nothing is given; empty for none
 * @param environment the variable that overrides the file; empty for none
 * @param secret whether its value must not be seen
 * @param help one sentence for the reference page
 */
record Key(String path, KeyType type, String fallback, String environment, boolean secret, String help) {
    private static final String OWN_PREFIX = "kamal_backup_";

    /** Its name in the predecessor's flat file; empty for none. */
    String flat() {
        String lower = environment.toLowerCase(Locale.ROOT);
        return lower.startsWith(OWN_PREFIX) ? lower.substring(OWN_PREFIX.length()) : lower;
    }

    /** The section it stands in; empty for the top. */
    String section() {
        return path.contains(".") ? path.substring(0, path.lastIndexOf('.')) : "";
    }

    /** Its name within its section. */
    String name() {
        return path.substring(path.lastIndexOf('.') + 1);
    }
}
