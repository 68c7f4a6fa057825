package dev.kamalbackup.drill;

import java.util.Locale;

/** What a drill proved. */
public enum Outcome {
    /** The run was restored and holds what it should. */
    PASSED,
    /** It could not be restored, or does not hold what it should. */
    FAILED,
    /** It was restored, and too little could be looked at to say that it is good. */
    INCONCLUSIVE;

    /** The word for it in documents. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
