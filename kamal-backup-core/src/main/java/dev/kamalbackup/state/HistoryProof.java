package dev.kamalbackup.state;

import java.util.List;

/**
 * Whether the history is as it was written.
 *
 * @param lines how many lines there are
 * @param breaks what does not fit, in the order of the lines; none if the history is intact
 * @param notes what does not speak against it, and should be known
 */
public record HistoryProof(int lines, List<Break> breaks, List<String> notes) {
    public HistoryProof {
        breaks = List.copyOf(breaks);
        notes = List.copyOf(notes);
    }

    /** Whether nothing was edited, removed or moved, as far as the chain and the head tell. */
    public boolean isIntact() {
        return breaks.isEmpty();
    }

    /**
     * A place where the history does not fit.
     *
     * @param line the number of the line, from 1, as the file stands now
     * @param problem what is wrong there
     */
    public record Break(int line, String problem) {}
}
