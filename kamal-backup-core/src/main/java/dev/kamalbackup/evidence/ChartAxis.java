package dev.kamalbackup.evidence;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** The days from left to right that the charts of a page share. */
final class ChartAxis {
    static final int DAYS = 90;
    static final double WIDTH = 760;
    static final double LEFT = 92;
    private static final double RIGHT = 10;
    private static final int DAYS_PER_LABEL = 15;
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("d MMM", Locale.ENGLISH).withZone(ZoneOffset.UTC);

    /** Midnight at the left end. */
    private final Instant begin;

    ChartAxis(Instant now) {
        // The last day is today.
        this.begin = now.truncatedTo(ChronoUnit.DAYS).minus(DAYS - 1L, ChronoUnit.DAYS);
    }

    /** Which day, from 0; one that is not shown is negative or too large. */
    int day(Instant time) {
        return (int) Duration.between(begin, time.truncatedTo(ChronoUnit.DAYS)).toDays();
    }

    boolean shows(Instant time) {
        int day = day(time);
        return day >= 0 && day < DAYS;
    }

    String date(int day) {
        return begin.plus(day, ChronoUnit.DAYS)
                .atZone(ZoneOffset.UTC)
                .toLocalDate()
                .toString();
    }

    /** The middle of a day. */
    double x(int day) {
        return LEFT + (WIDTH - LEFT - RIGHT) * (day + 0.5) / DAYS;
    }

    static double right() {
        return WIDTH - RIGHT;
    }

    /** Thin lines from top to bottom with a date below each. */
    String svg(double top, double bottom) {
        StringBuilder svg = new StringBuilder("<g class=\"axis\">");
        for (int day = DAYS - 1; day >= 0; day -= DAYS_PER_LABEL) {
            svg.append(line(x(day), top, x(day), bottom))
                    .append(text(
                            x(day),
                            bottom + 16,
                            day == DAYS - 1 ? "end" : "middle",
                            DAY.format(begin.plus(day, ChronoUnit.DAYS))));
        }
        return svg.append("</g>\n").toString();
    }

    static String line(double x1, double y1, double x2, double y2) {
        return "<line x1=\"" + number(x1) + "\" y1=\"" + number(y1) + "\" x2=\"" + number(x2) + "\" y2=\"" + number(y2)
                + "\"/>";
    }

    static String text(double x, double y, String anchor, String text) {
        return "<text x=\"" + number(x) + "\" y=\"" + number(y) + "\" text-anchor=\"" + anchor + "\">"
                + HtmlText.escape(text) + "</text>";
    }

    static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }

    /** A picture with words for those who do not see it. */
    static String picture(String id, double height, String title, String description, String content) {
        return "<svg role=\"img\" viewBox=\"0 0 " + number(WIDTH) + " " + number(height) + "\" aria-labelledby=\"" + id
                + "-title " + id + "-desc\" xmlns=\"http://www.w3.org/2000/svg\">\n<title id=\"" + id + "-title\">"
                + HtmlText.escape(title) + "</title>\n<desc id=\"" + id + "-desc\">" + HtmlText.escape(description)
                + "</desc>\n" + content + "</svg>\n";
    }
}
