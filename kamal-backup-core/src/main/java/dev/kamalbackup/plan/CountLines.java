package dev.kamalbackup.plan;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Collects what programs that count have written: lines of a number, a blank, and a name as hexadecimal UTF-8. Not safe for
 * several threads.
 */
public final class CountLines implements Consumer<String> {
    /** More than any database has tables, and few enough to be kept in memory. */
    static final int MOST = 100_000;

    private static final Pattern LINE = Pattern.compile("(\\d{1,18}) ((?:[0-9A-Fa-f]{2})+)");

    private final SortedMap<String, Long> counts = new TreeMap<>();
    private Optional<String> flaw = Optional.empty();
    private int taken;

    /** One that has not seen a line yet. */
    public CountLines() {}

    /** Takes the next line; one that cannot be understood is told by {@link #flaw}. */
    @Override
    public void accept(String line) {
        Matcher parts = LINE.matcher(line);
        if (flaw.isPresent()) {
            return;
        }
        if (!parts.matches()) {
            String beginning = line.substring(0, Math.min(80, line.length()));
            flaw = Optional.of("\"" + beginning + "\" is not a number and a name");
        } else if (taken == MOST) {
            flaw = Optional.of("there are more than " + MOST + " of them");
        } else {
            // Two names may look alike when they are written as one text: their sum is as good as each.
            taken++;
            counts.merge(text(parts.group(2)), Long.parseLong(parts.group(1)), Long::sum);
        }
    }

    /** What was wrong with the first line that could not be taken; empty if there was none. */
    public Optional<String> flaw() {
        return flaw;
    }

    /** The numbers by name. */
    public SortedMap<String, Long> counts() {
        return new TreeMap<>(counts);
    }

    /** What these hexadecimal digits stand for. */
    private static String text(String hex) {
        return new String(HexFormat.of().parseHex(hex), StandardCharsets.UTF_8);
    }
}
