package dev.kamalbackup.evidence;

import java.util.ArrayList;
import java.util.List;

/** A table with a caption and headers, or a sentence if there is nothing to put in. */
final class HtmlTable {
    private final String caption;
    private final List<String> headers;
    private final List<List<String>> rows = new ArrayList<>();

    HtmlTable(String caption, String... headers) {
        this.caption = caption;
        this.headers = List.of(headers);
    }

    /** A row of cells that are HTML already; the first names the row. */
    void row(String... cells) {
        rows.add(List.of(cells));
    }

    String htmlOr(String nothing) {
        if (rows.isEmpty()) {
            return "<p class=\"none\">" + HtmlText.escape(nothing) + "</p>\n";
        }
        // Where the window is narrow it scrolls, which must be possible without a mouse, too.
        StringBuilder html = new StringBuilder("<div class=\"wide\" role=\"region\" tabindex=\"0\" aria-label=\"")
                .append(HtmlText.escape(caption))
                .append("\"><table>\n<caption>")
                .append(HtmlText.escape(caption))
                .append("</caption>\n<thead><tr>");
        headers.forEach(header -> html.append("<th scope=\"col\">")
                .append(HtmlText.escape(header))
                .append("</th>"));
        html.append("</tr></thead>\n<tbody>\n");
        for (List<String> row : rows) {
            html.append("<tr><th scope=\"row\">").append(row.get(0)).append("</th>");
            row.stream()
                    .skip(1)
                    .forEach(cell -> html.append("<td>").append(cell).append("</td>"));
            html.append("</tr>\n");
        }
        return html.append("</tbody>\n</table></div>\n").toString();
    }
}
