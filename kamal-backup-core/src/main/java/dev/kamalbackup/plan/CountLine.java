package dev.kamalbackup.plan;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One line of what counts rows: a number, a blank, and a name in hexadecimal UTF-8.
 *
 * @param count the number
 * @param name what was counted
 */
public record CountLine(long count, String name) {
    private static final Pattern FORMAT = Pattern.compile("(\\d{1,18}) ((?:[0-9A-Fa-f]{2})+)");

    /** The line taken apart; empty if it is none. */
    public static Optional<CountLine> parse(String line) {
        Matcher matcher = FORMAT.matcher(line.strip());
        return matcher.matches()
                ? Optional.of(new CountLine(Long.parseLong(matcher.group(1)), text(matcher.group(2))))
                : Optional.empty();
    }

    /** The text that was written as hexadecimal UTF-8. */
    public static String text(String hexadecimal) {
        return new String(HexFormat.of().parseHex(hexadecimal), StandardCharsets.UTF_8);
    }
}
