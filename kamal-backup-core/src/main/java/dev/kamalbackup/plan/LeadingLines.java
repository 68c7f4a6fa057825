package dev.kamalbackup.plan;

import java.util.Set;

/**
 * Lines at the beginning of a dump that are left out on its way into a database; further down the same line may be a row.
 *
 * @param leaveOut the lines, without blanks at their end
 * @param last the line behind which nothing is looked at any more; empty if only the number counts
 * @param most how many lines are looked at, at most
 */
public record LeadingLines(Set<String> leaveOut, String last, int most) {
    public LeadingLines {
        leaveOut = Set.copyOf(leaveOut);
    }

    /** Nothing is left out. */
    public static LeadingLines none() {
        return new LeadingLines(Set.of(), "", 0);
    }

    /** Whether there is anything to look for. */
    public boolean isEmpty() {
        return leaveOut.isEmpty();
    }
}
