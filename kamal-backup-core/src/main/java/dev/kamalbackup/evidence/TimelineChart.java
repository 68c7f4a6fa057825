package dev.kamalbackup.evidence;

import static dev.kamalbackup.evidence.ChartAxis.line;
import static dev.kamalbackup.evidence.ChartAxis.number;
import static dev.kamalbackup.evidence.ChartAxis.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What was done on which day: a dot where all went well, a cross where something did not. */
final class TimelineChart {
    private static final double ROW = 26;
    private static final double TOP = 10;
    private static final List<Row> ROWS = List.of(
            new Row("backups", Set.of("backup")),
            new Row("restores", Set.of("restore")),
            new Row("drills", Set.of("drill")),
            new Row("checks", Set.of("check")),
            new Row("prunes", Set.of("prune")));

    private final Chronicle chronicle;
    private final ChartAxis axis;

    TimelineChart(Chronicle chronicle, ChartAxis axis) {
        this.chronicle = chronicle;
        this.axis = axis;
    }

    private record Row(String name, Set<String> kinds) {}

    private record Day(int good, int bad) {
        Day plus(PastEvent event) {
            return new Day(good + (event.failed() ? 0 : 1), bad + (event.failed() ? 1 : 0));
        }
    }

    String svg() {
        StringBuilder content = new StringBuilder(axis.svg(TOP, TOP + ROWS.size() * ROW));
        List<String> words = new ArrayList<>();
        for (int i = 0; i < ROWS.size(); i++) {
            Row row = ROWS.get(i);
            Map<Integer, Day> days = days(row);
            double y = TOP + (i + 0.5) * ROW;
            content.append("<g class=\"row\">")
                    .append(text(ChartAxis.LEFT - 12, y + 4.5, "end", row.name()))
                    .append(line(ChartAxis.LEFT, y, ChartAxis.right(), y))
                    .append("</g>\n");
            days.forEach((day, counts) -> content.append(mark(row, day, counts, y)));
            words.add(row.name() + ": "
                    + days.values().stream().mapToInt(Day::good).sum() + " good, "
                    + days.values().stream().mapToInt(Day::bad).sum() + " not");
        }
        return ChartAxis.picture(
                "timeline",
                TOP + ROWS.size() * ROW + 26,
                "What was done in the last " + ChartAxis.DAYS + " days",
                String.join("; ", words) + ".",
                content.toString());
    }

    private Map<Integer, Day> days(Row row) {
        Map<Integer, Day> days = new TreeMap<>();
        chronicle.events().stream()
                .filter(event -> row.kinds().contains(event.kind()) && axis.shows(event.at()))
                .forEach(event ->
                        days.merge(axis.day(event.at()), new Day(0, 0).plus(event), (known, one) -> known.plus(event)));
        return days;
    }

    private String mark(Row row, int day, Day counts, double y) {
        double x = axis.x(day);
        String title = axis.date(day) + ", " + row.name() + ": " + counts.good() + " good"
                + (counts.bad() == 0 ? "" : ", " + counts.bad() + " not");
        String shape = counts.bad() == 0
                ? "<circle cx=\"" + number(x) + "\" cy=\"" + number(y) + "\" r=\"2.9\"/>"
                : line(x - 4, y - 4, x + 4, y + 4) + line(x - 4, y + 4, x + 4, y - 4);
        return "<g class=\"" + (counts.bad() == 0 ? "good" : "bad") + "\"><title>" + title + "</title>" + shape
                + "</g>\n";
    }
}
