package dev.kamalbackup.restore;

import java.util.Locale;

/** Whose data a restore replaces. */
public enum RestoreScope {
    /** Those of a development machine; whatever looks like production is refused. */
    LOCAL,
    /** Those of the app itself, from the accessory beside it. */
    PRODUCTION;

    /** The word for it in commands, tags and documents. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
