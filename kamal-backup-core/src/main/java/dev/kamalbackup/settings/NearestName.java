package dev.kamalbackup.settings;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds what somebody meant who wrote a name that does not exist. */
final class NearestName {
    /** No key is that long; comparing a hostile one would take its time. */
    private static final int LONGEST = 64;

    private static final int SHORTEST_BEGINNING = 4;

    private NearestName() {}

    /** The known name with the fewest typing mistakes, if a third of the letters at most are wrong; else one that begins so. */
    static Optional<String> of(String written, Collection<String> known) {
        if (written.length() > LONGEST) {
            return Optional.empty();
        }
        String lower = written.toLowerCase(Locale.ROOT);
        int most = Math.max(1, written.length() / 3);
        return known.stream()
                .filter(name -> Math.abs(name.length() - lower.length()) <= most && distance(lower, name) <= most)
                .min(Comparator.comparingInt((String name) -> distance(lower, name))
                        .thenComparing(Comparator.naturalOrder()))
                .or(() -> beginningWith(lower, known));
    }

    private static Optional<String> beginningWith(String lower, Collection<String> known) {
        return known.stream()
                .filter(name -> lower.length() >= SHORTEST_BEGINNING && name.startsWith(lower))
                .min(Comparator.comparingInt(String::length));
    }

    /** What to say of a key that does not exist. */
    static String unknownKey(String written, Collection<String> known) {
        return of(written, known)
                .map(name -> "unknown key; did you mean " + name + "?")
                .orElseGet(() -> "unknown key; known here: " + String.join(", ", known));
    }

    /** How many letters must be changed, added, left out, or swapped with their neighbour. */
    private static int distance(String left, String right) {
        int[][] steps = new int[left.length() + 1][right.length() + 1];
        for (int i = 0; i <= left.length(); i++) {
            for (int j = 0; j <= right.length(); j++) {
                if (i == 0 || j == 0) {
                    steps[i][j] = i + j;
                    continue;
                }
                boolean same = left.charAt(i - 1) == right.charAt(j - 1);
                int best = Math.min(steps[i - 1][j], steps[i][j - 1]) + 1;
                best = Math.min(best, steps[i - 1][j - 1] + (same ? 0 : 1));
                if (i > 1
                        && j > 1
                        && left.charAt(i - 1) == right.charAt(j - 2)
                        && left.charAt(i - 2) == right.charAt(j - 1)) {
                    best = Math.min(best, steps[i - 2][j - 2] + 1);
                }
                steps[i][j] = best;
            }
        }
        return steps[left.length()][right.length()];
    }
}
