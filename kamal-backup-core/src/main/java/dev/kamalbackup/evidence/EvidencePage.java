package dev.kamalbackup.evidence;

import static dev.kamalbackup.evidence.HtmlText.escape;
import static dev.kamalbackup.evidence.HtmlText.time;

import dev.kamalbackup.state.PrivateFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.stream.Collectors;

/** Evidence as one page for an auditor: no script, nothing from outside, fit for print. */
public final class EvidencePage {
    private final Evidence evidence;
    private final PageTables tables;
    private final ChartAxis axis;

    public EvidencePage(Evidence evidence) {
        this.evidence = evidence;
        this.tables = new PageTables(evidence);
        this.axis = new ChartAxis(evidence.generatedAt());
    }

    /**
     * Writes the page, readable by its owner alone, over whatever file was there.
     *
     * @throws dev.kamalbackup.error.StateException if it cannot be written
     */
    public void write(Path file) {
        PrivateFile.write("write the evidence", file, html());
    }

    /** The page. */
    public String html() {
        String title = "Backup evidence: " + evidence.app();
        return "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                // Nothing in it runs or is fetched, whatever a name in it may try.
                + "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src"
                + " 'unsafe-inline'\">\n<title>" + escape(title) + "</title>\n<style>\n" + css()
                + "</style>\n</head>\n<body>\n" + header() + "<main>\n" + summary()
                + section(
                        "timeline",
                        "What was done",
                        "Each mark is a day, in UTC: a dot where everything ended well, a cross where something did not.",
                        new TimelineChart(evidence.chronicle(), axis).svg())
                + section(
                        "sizes",
                        "How much is backed up",
                        "Bytes read for the newest complete run of each day, before deduplication and compression: what"
                                + " the app holds, not what the repository takes up.",
                        new SizeChart(evidence.madeRuns(), axis)
                                .htmlOr("No size of a complete run is known for these days."))
                + section("runs", "Runs", "", tables.runs())
                + section("drills", "Restores and drills", "", tables.drills())
                + section("checks", "Checks", "", tables.checks())
                + section("failures", "Failures", "", tables.failures())
                + section("retention", "Removal of old runs", "", tables.prunes())
                + section("configuration", "Configuration", "", tables.configuration())
                + section("tools", "Tools", "", tables.tools())
                + section("history", "History", "", tables.history())
                + section("reading", "How to read this", "", reading())
                + "</main>\n</body>\n</html>\n";
    }

    private String header() {
        return "<header>\n<p class=\"kind\">Backup evidence</p>\n<h1>" + escape(evidence.app()) + "</h1>\n<p>"
                + evidence.chronicle()
                        .first()
                        .map(first -> "The history reaches from " + time(first) + " until "
                                + time(evidence.chronicle().last().orElse(first)) + ". ")
                        .orElse("There is no history yet. ")
                + "Made at " + time(evidence.generatedAt()) + " by kamal-backup " + escape(evidence.version())
                + " for snapshots of host " + HtmlText.code(evidence.host()) + ". All times are UTC.</p>\n</header>\n";
    }

    private String summary() {
        return new Verdicts(evidence)
                .all().stream()
                        .map(Verdict::html)
                        .collect(Collectors.joining(
                                "",
                                "<section aria-labelledby=\"summary\">\n<h2 id=\"summary\">Summary</h2>\n<dl"
                                        + " class=\"verdicts\">\n",
                                "</dl>\n</section>\n"));
    }

    private static String section(String id, String title, String lead, String content) {
        return "<section aria-labelledby=\"h-" + id + "\">\n<h2 id=\"h-" + id + "\">" + title + "</h2>\n"
                + (lead.isEmpty() ? "" : "<p class=\"lead\">" + lead + "</p>\n") + content + "</section>\n";
    }

    private static String reading() {
        return """
                <dl class="terms">
                <dt>Recovery point</dt>
                <dd>The longest time without a new complete run: the work that a disaster at the worst moment would have
                cost. A run's content is as of when it started.</dd>
                <dt>Recovery time</dt>
                <dd>What drills and restores took to bring a run back, without questions and tidying up.</dd>
                <dt>Complete</dt>
                <dd>A run with a snapshot of every part it promised, each dump proved whole when it was made.</dd>
                <dt>Drill</dt>
                <dd>A restore beside production, and a look at what came of it: tables, rows, files.</dd>
                <dt>Fingerprint</dt>
                <dd>It changes when a database, a path, the repository, the schedule or the retention does, and not with a
                password. The same fingerprint on two pages means the same configuration.</dd>
                <dt>History</dt>
                <dd>Each entry carries the SHA-256 of the one before, and a second file knows the newest, so that a change, a
                removal or another order shows. Whoever can write to both files can write all of it anew: keep pages like
                this one elsewhere, and compare.</dd>
                </dl>
                """;
    }

    private static String css() {
        try (InputStream resource = EvidencePage.class.getResourceAsStream("page.css")) {
            if (resource == null) {
                throw new IllegalStateException("the jar lacks page.css");
            }
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException damaged) {
            throw new UncheckedIOException("the jar is damaged", damaged);
        }
    }
}
