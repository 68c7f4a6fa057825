package dev.kamalbackup.evidence;

import static dev.kamalbackup.evidence.ChartAxis.line;
import static dev.kamalbackup.evidence.ChartAxis.number;
import static dev.kamalbackup.evidence.ChartAxis.text;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** How much was read for the newest complete run of each day. */
final class SizeChart {
    private static final double TOP = 12;
    private static final double BOTTOM = 172;
    private static final int STEPS = 4;

    private final List<KnownRun> runs;
    private final ChartAxis axis;

    SizeChart(List<KnownRun> runs, ChartAxis axis) {
        this.runs = runs;
        this.axis = axis;
    }

    String htmlOr(String nothing) {
        Map<Integer, Long> sizes = sizes();
        if (sizes.isEmpty()) {
            return "<p class=\"none\">" + HtmlText.escape(nothing) + "</p>\n";
        }
        long largest = sizes.values().stream().mapToLong(Long::longValue).max().orElse(1);
        long smallest = sizes.values().stream().mapToLong(Long::longValue).min().orElse(0);
        long step = step(largest);
        StringBuilder content = new StringBuilder(axis.svg(TOP, BOTTOM)).append("<g class=\"row\">");
        for (int i = 0; i <= STEPS; i++) {
            double y = y(i * step, step);
            content.append(line(ChartAxis.LEFT, y, ChartAxis.right(), y))
                    .append(text(ChartAxis.LEFT - 12, y + 4.5, "end", HtmlText.bytes(i * step)));
        }
        content.append("</g>\n");
        String points = sizes.entrySet().stream()
                .map(size -> number(axis.x(size.getKey())) + "," + number(y(size.getValue(), step)))
                .collect(Collectors.joining(" "));
        content.append("<polyline class=\"size\" points=\"").append(points).append("\"/>\n<g class=\"good\">");
        sizes.forEach((day, bytes) -> content.append("<g><title>")
                .append(axis.date(day))
                .append(": ")
                .append(HtmlText.bytes(bytes))
                .append("</title><circle cx=\"")
                .append(number(axis.x(day)))
                .append("\" cy=\"")
                .append(number(y(bytes, step)))
                .append("\" r=\"2.4\"/></g>\n"));
        content.append("</g>\n");
        return ChartAxis.picture(
                "sizes",
                BOTTOM + 26,
                "Bytes read for the newest complete run of each day",
                "Between " + HtmlText.bytes(smallest) + " and " + HtmlText.bytes(largest) + " on "
                        + HtmlText.count(sizes.size(), "day", "days") + ".",
                content.toString());
    }

    private Map<Integer, Long> sizes() {
        Map<Integer, Long> sizes = new TreeMap<>();
        // The newest come first.
        runs.stream()
                .filter(run -> run.whole() && run.bytes().isPresent() && axis.shows(run.time()))
                .forEach(run ->
                        sizes.putIfAbsent(axis.day(run.time()), run.bytes().getAsLong()));
        return sizes;
    }

    /** The smallest of 1, 2, 5, 10, 20, 50, 100, 200, 500 units by which four steps reach the largest. */
    private static long step(long largest) {
        long unit = 1;
        while (true) {
            for (long number : new long[] {1, 2, 5, 10, 20, 50, 100, 200, 500}) {
                if (number * unit * STEPS >= largest) {
                    return number * unit;
                }
            }
            unit *= 1024;
        }
    }

    private static double y(long bytes, long step) {
        return BOTTOM - (BOTTOM - TOP) * bytes / ((double) step * STEPS);
    }
}
