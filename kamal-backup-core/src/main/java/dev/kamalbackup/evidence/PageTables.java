package dev.kamalbackup.evidence;

import static dev.kamalbackup.evidence.HtmlText.code;
import static dev.kamalbackup.evidence.HtmlText.duration;
import static dev.kamalbackup.evidence.HtmlText.escape;
import static dev.kamalbackup.evidence.HtmlText.time;
import static dev.kamalbackup.evidence.HtmlText.words;

import dev.kamalbackup.config.RetentionSettings;
import dev.kamalbackup.state.HistoryProof;
import java.util.List;
import java.util.stream.Collectors;

/** The tables of the page, each with what to say where there is nothing to show. */
final class PageTables {
    private final Evidence evidence;

    PageTables(Evidence evidence) {
        this.evidence = evidence;
    }

    String runs() {
        HtmlTable table = new HtmlTable(
                "The newest " + Evidence.LISTED + " runs"
                        + (evidence.repository() instanceof RepositoryState.Reached ? "" : ", by the history"),
                "Run",
                "Started",
                "State",
                "Read",
                "Parts");
        evidence.newestRuns()
                .forEach(run -> table.row(
                        HtmlText.id(run.id()),
                        time(run.time()),
                        mark(run.whole(), words(run.completeness())) + (run.safety() ? ", before a restore" : ""),
                        run.bytes().isPresent() ? HtmlText.bytes(run.bytes().getAsLong()) : "not known",
                        escape(String.join(", ", run.parts()))));
        return table.htmlOr("No run is known.");
    }

    String drills() {
        HtmlTable table = new HtmlTable(
                "The newest " + Evidence.LISTED + " restores and drills",
                "Ended",
                "What",
                "Outcome",
                "Run",
                "Took",
                "Phases");
        evidence.chronicle()
                .newest("restore", "drill")
                .forEach(event -> table.row(
                        time(event.at()),
                        HtmlText.unbroken(event.kind() + " " + event.detail()),
                        outcome(event),
                        event.runId().map(HtmlText::id).orElse("–"),
                        event.recovery().map(HtmlText::duration).orElse("–"),
                        phases(event)));
        return table.htmlOr("No restore and no drill is recorded.");
    }

    String checks() {
        return events("The newest " + Evidence.LISTED + " checks of the repository", "check", "No check is recorded.");
    }

    String prunes() {
        return events(
                "The newest " + Evidence.LISTED + " removals of old runs",
                "prune",
                "No removal of old runs is recorded.");
    }

    String failures() {
        HtmlTable table = new HtmlTable(
                "The newest " + Evidence.LISTED + " of whatever did not end well", "Ended", "What", "Outcome", "Why");
        evidence.chronicle()
                .failures()
                .forEach(event -> table.row(
                        time(event.at()),
                        HtmlText.unbroken(words(event.kind())),
                        outcome(event),
                        event.reasons().stream().map(HtmlText::escape).collect(Collectors.joining("<br>"))));
        return table.htmlOr("Nothing that failed is recorded.");
    }

    String history() {
        HistoryProof proof = evidence.proof();
        HtmlTable breaks = new HtmlTable("What does not fit", "Line", "What is wrong");
        proof.breaks().forEach(found -> breaks.row(Integer.toString(found.line()), escape(found.problem())));
        HtmlTable counts = new HtmlTable("What the history holds", "Kind", "Entries");
        evidence.chronicle()
                .counts()
                .forEach((kind, count) -> counts.row(escape(words(kind)), Integer.toString(count)));
        if (evidence.chronicle().unreadable() > 0) {
            counts.row("not readable", Integer.toString(evidence.chronicle().unreadable()));
        }
        return counts.htmlOr("It is empty.") + (proof.isIntact() ? "" : breaks.htmlOr("")) + list(proof.notes());
    }

    String configuration() {
        Configuration configuration = evidence.configuration();
        HtmlTable table = new HtmlTable("What is configured", "Setting", "Value");
        table.row("Repository", code(configuration.repository()));
        table.row(
                "Databases",
                configuration.databases().stream()
                        .map(database -> code(database.name()) + " (" + escape(database.adapter()) + ")")
                        .collect(Collectors.joining(", ")));
        table.row(
                "Files",
                configuration.paths().isEmpty()
                        ? "none"
                        : configuration.paths().stream().map(HtmlText::code).collect(Collectors.joining("<br>")));
        table.row(
                "A run is due",
                escape(configuration.schedule()) + (configuration.enabled() ? "" : "; backups are disabled"));
        table.row(
                "Old runs",
                configuration.forgetAfterBackup() ? "are removed after a backup" : "are never removed by a backup");
        table.row("Kept", escape(retention(configuration.retention())));
        table.row("Fingerprint (SHA-256)", code(configuration.fingerprint()));
        return table.htmlOr("");
    }

    String tools() {
        HtmlTable table = new HtmlTable("Programs in use", "Program", "Version");
        table.row("kamal-backup", escape(evidence.version()));
        evidence.tools().forEach((name, version) -> table.row(escape(name), escape(version)));
        return table.htmlOr("");
    }

    private String events(String caption, String kind, String nothing) {
        HtmlTable table = new HtmlTable(caption, "Ended", "Outcome", "What", "Why");
        evidence.chronicle()
                .newest(kind)
                .forEach(event -> table.row(
                        time(event.at()),
                        outcome(event),
                        event.detail().isEmpty() ? "–" : escape(event.detail()),
                        event.reasons().stream().map(HtmlText::escape).collect(Collectors.joining("<br>"))));
        return table.htmlOr(nothing);
    }

    private static String outcome(PastEvent event) {
        return event.outcome().isEmpty() ? "not said" : mark(event.succeeded(), words(event.outcome()));
    }

    private static String mark(boolean good, String word) {
        return "<span class=\"" + (good ? "good" : "bad") + "\"><span aria-hidden=\"true\">" + (good ? "✓" : "✕")
                + "</span> " + escape(word) + "</span>";
    }

    private static String phases(PastEvent event) {
        return event.phases().entrySet().stream()
                .map(phase -> escape(phase.getKey()) + " " + duration(java.time.Duration.ofMillis(phase.getValue())))
                .collect(Collectors.joining(", "));
    }

    private static String retention(RetentionSettings kept) {
        StringBuilder text = new StringBuilder();
        add(text, kept.last(), "newest runs");
        add(text, kept.hourly(), "hours");
        add(text, kept.daily(), "days");
        add(text, kept.weekly(), "weeks");
        add(text, kept.monthly(), "months");
        add(text, kept.yearly(), "years");
        if (!kept.within().isEmpty()) {
            text.append(text.isEmpty() ? "" : ", ").append("all within ").append(kept.within());
        }
        return text.isEmpty() ? "everything" : text.toString();
    }

    private static void add(StringBuilder text, int number, String what) {
        if (number > 0) {
            text.append(text.isEmpty() ? "" : ", ").append(number).append(' ').append(what);
        }
    }

    private static String list(List<String> notes) {
        return notes.isEmpty()
                ? ""
                : notes.stream()
                        .map(note -> "<li>" + escape(note) + "</li>")
                        .collect(Collectors.joining("\n", "<ul class=\"notes\">\n", "\n</ul>\n"));
    }
}
