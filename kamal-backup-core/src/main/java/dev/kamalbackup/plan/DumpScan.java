package dev.kamalbackup.plan;

import java.util.Optional;
import java.util.SortedSet;
import java.util.regex.Pattern;

/**
 * Looks through a fetched dump, before anything is touched, for what a target could not take. Of each line only the
 * beginning is looked at, {@value #BEGINNING} bytes as Latin-1, which keeps every byte: the rows of a table may be one
 * line of a gigabyte.
 *
 * @param line what to find; the first group of each match is collected
 * @param verdict what is wrong with all that was found, without repetitions; empty if nothing is
 * @param hint what a person should do about it
 */
public record DumpScan(Pattern line, Verdict verdict, String hint) {
    /** How much of a line is looked at. */
    public static final int BEGINNING = 1024;

    private static final DumpScan NONE = new DumpScan(Pattern.compile("(?!)"), found -> Optional.empty(), "");

    /** A look for nothing. */
    public static DumpScan none() {
        return NONE;
    }

    /** Whether there is anything to look for. */
    public boolean isNeeded() {
        return !equals(NONE);
    }

    /** Judges what was found. */
    @FunctionalInterface
    public interface Verdict {
        /** What is wrong; empty if nothing is. */
        Optional<String> flaw(SortedSet<String> found);
    }
}
