package dev.kamalbackup.evidence;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** Text for the page: escaped for HTML and for the SVG within it, and written for people. */
final class HtmlText {
    private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB", "PiB"};

    private HtmlText() {}

    /** Safe as text and within quotes. What cannot be seen, or turns the direction of writing, is made visible. */
    static String escape(String text) {
        StringBuilder safe = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(point -> {
            switch (point) {
                case '&' -> safe.append("&amp;");
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '"' -> safe.append("&quot;");
                case '\'' -> safe.append("&#39;");
                case '\n', '\t' -> safe.append(' ');
                default -> safe.appendCodePoint(isVisible(point) ? point : 0xFFFD);
            }
        });
        return safe.toString();
    }

    private static boolean isVisible(int point) {
        int type = Character.getType(point);
        return type != Character.CONTROL && type != Character.SURROGATE && type != Character.FORMAT;
    }

    static String time(Instant time) {
        return "<time datetime=\"" + iso(time) + "\">" + iso(time).replace('T', ' ') + "</time>";
    }

    static String iso(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    static String code(String text) {
        return "<code>" + escape(text) + "</code>";
    }

    static String id(String text) {
        return "<code class=\"id\">" + escape(text) + "</code>";
    }

    /** On one line, however narrow its column. */
    static String unbroken(String text) {
        return "<span class=\"id\">" + escape(text) + "</span>";
    }

    static String bytes(long bytes) {
        double value = bytes;
        int unit = 0;
        while (value >= 1024 && unit < UNITS.length - 1) {
            value /= 1024;
            unit++;
        }
        return unit == 0 || value == Math.rint(value)
                ? String.format(Locale.ROOT, "%.0f %s", value, UNITS[unit])
                : String.format(Locale.ROOT, "%.1f %s", value, UNITS[unit]);
    }

    static String duration(Duration duration) {
        if (duration.toMillis() < 10_000) {
            return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
        }
        if (duration.toSeconds() < 120) {
            return duration.toSeconds() + " s";
        }
        if (duration.toMinutes() < 120) {
            return duration.toMinutes() + " min";
        }
        return duration.toHours() < 72 ? duration.toHours() + " h" : duration.toDays() + " days";
    }

    static String count(long count, String one, String many) {
        return count + " " + (count == 1 ? one : many);
    }

    /** A word of the records, as people write it. */
    static String words(String word) {
        return word.replace('_', ' ');
    }
}
