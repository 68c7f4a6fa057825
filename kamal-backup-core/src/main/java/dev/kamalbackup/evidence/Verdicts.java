package dev.kamalbackup.evidence;

import static dev.kamalbackup.evidence.HtmlText.count;
import static dev.kamalbackup.evidence.HtmlText.duration;
import static dev.kamalbackup.evidence.HtmlText.escape;
import static dev.kamalbackup.evidence.HtmlText.time;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kamalbackup.evidence.Verdict.Level;
import dev.kamalbackup.state.HistoryProof;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What the evidence comes to, in plain words. */
final class Verdicts {
    /** A drill or a check that is older proves little about today. */
    private static final Duration STALE = Duration.ofDays(90);

    private final Evidence evidence;

    Verdicts(Evidence evidence) {
        this.evidence = evidence;
    }

    List<Verdict> all() {
        return List.of(recoveryPoint(), recoveryTime(), lastCheck(), lastDrill(), chain(), repository());
    }

    private Verdict recoveryPoint() {
        RecoveryPoint point = evidence.recoveryPoint();
        if (point.newest().isEmpty()) {
            return new Verdict("Recovery point", Level.BAD, "No complete run is known: nothing could be recovered.");
        }
        Duration age = point.age().orElseThrow();
        Duration schedule = evidence.configuration().interval();
        // A run may be late by half its time. When two should have been made and were not, something is wrong now.
        Duration usual = schedule.plus(schedule.dividedBy(2));
        Duration allowed = schedule.multipliedBy(2);
        String newest = "The newest complete run, of " + time(point.newest().get()) + ", is " + duration(age) + " old.";
        if (point.largestGap().isEmpty()) {
            return new Verdict(
                    "Recovery point",
                    age.compareTo(allowed) > 0 ? Level.BAD : Level.UNKNOWN,
                    "Only one complete run is known, so no gap between runs can be measured. " + newest);
        }
        RecoveryPoint.Gap gap = point.largestGap().get();
        Level level =
                age.compareTo(allowed) > 0 ? Level.BAD : gap.length().compareTo(usual) > 0 ? Level.LOOK : Level.GOOD;
        return new Verdict(
                "Recovery point",
                level,
                "At the worst moment of the last " + RecoveryPoint.WINDOW.toDays()
                        + " days, a disaster would have cost "
                        + "<strong>" + duration(gap.length()) + "</strong> of work (from " + time(gap.from())
                        + " until "
                        + (gap.open() ? "now" : time(gap.until())) + "); a run is due at the latest every "
                        + duration(schedule) + ". " + newest);
    }

    private Verdict recoveryTime() {
        RecoveryTime times = evidence.recoveryTime();
        if (times.measured().isEmpty()) {
            return new Verdict(
                    "Recovery time",
                    Level.UNKNOWN,
                    "No drill or restore that succeeded is recorded, so nobody has measured it.");
        }
        PastEvent newest = times.measured().get(0);
        return new Verdict(
                "Recovery time",
                Level.GOOD,
                "The last " + escape(newest.kind()) + ", of " + time(newest.at())
                        + ", brought the data back in <strong>"
                        + duration(times.newest().orElseThrow()) + "</strong>. The longest of the last "
                        + count(times.measured().size(), "one that succeeded", "that succeeded") + " took "
                        + duration(times.longest().orElseThrow()) + ".");
    }

    private Verdict lastCheck() {
        Optional<ObjectNode> record = evidence.lastCheck();
        Optional<PastEvent> event =
                evidence.chronicle().newest("check").stream().findFirst();
        if (record.isEmpty() && event.isEmpty()) {
            return new Verdict("Last check", Level.UNKNOWN, "The repository was never checked, as far as is recorded.");
        }
        if (event.isPresent()) {
            return outcome("Last check", "The repository was checked", event.get());
        }
        return recorded("Last check", "The repository was checked", record.get());
    }

    private Verdict lastDrill() {
        Optional<ObjectNode> record = evidence.lastDrill();
        Optional<PastEvent> event =
                evidence.chronicle().newest("drill").stream().findFirst();
        if (record.isEmpty() && event.isEmpty()) {
            return new Verdict(
                    "Last drill", Level.LOOK, "No drill is recorded: that this app can be restored was never tried.");
        }
        if (event.isPresent()) {
            return outcome("Last drill", "A restore was drilled", event.get());
        }
        return recorded("Last drill", "A restore was drilled", record.get());
    }

    private Verdict outcome(String subject, String what, PastEvent event) {
        boolean stale = Duration.between(event.at(), evidence.generatedAt()).compareTo(STALE) > 0;
        Level level = !event.succeeded() ? Level.BAD : stale ? Level.LOOK : Level.GOOD;
        String detail = event.detail().isEmpty() ? "" : " (" + escape(event.detail()) + ")";
        String reason =
                event.reasons().isEmpty() ? "" : ": " + escape(event.reasons().get(0));
        return new Verdict(
                subject,
                level,
                what + " on " + time(event.at()) + detail + "; outcome <strong>" + escape(event.outcome()) + "</strong>"
                        + reason + "."
                        + (stale ? " That was more than " + STALE.toDays() + " days ago." : ""));
    }

    /** Of the predecessor, or of a history that was lost. */
    private static Verdict recorded(String subject, String what, ObjectNode record) {
        String status = record.path("outcome").asText(record.path("status").asText());
        if (status.isEmpty()) {
            return new Verdict(
                    subject,
                    Level.UNKNOWN,
                    "Its record says no outcome: " + escape(record.path("error").asText("it is empty")) + ".");
        }
        boolean good = status.equals("ok") || status.equals("passed");
        return new Verdict(
                subject,
                good ? Level.GOOD : Level.BAD,
                what + "; its record of " + when(record) + " says <strong>" + escape(status) + "</strong>.");
    }

    private static String when(ObjectNode record) {
        try {
            return time(Instant.parse(record.path("finished_at").asText()));
        } catch (java.time.DateTimeException unreadable) {
            return "no known time";
        }
    }

    private Verdict chain() {
        HistoryProof proof = evidence.proof();
        String entries = count(proof.lines(), "entry", "entries");
        if (!proof.isIntact()) {
            return new Verdict(
                    "History",
                    Level.BAD,
                    "Of " + entries + ", <strong>" + count(proof.breaks().size(), "place does", "places do")
                            + " not fit</strong>: something was changed, removed or moved, or was damaged. The table below"
                            + " says where.");
        }
        if (proof.lines() == 0) {
            return new Verdict("History", Level.UNKNOWN, "There is no history yet.");
        }
        return new Verdict(
                "History",
                proof.notes().isEmpty() ? Level.GOOD : Level.LOOK,
                "All " + entries + " fit together: "
                        + (proof.notes().isEmpty()
                                ? "none was changed, removed or moved since it was written."
                                : "nothing speaks of a change, and the notes below say what cannot be told."));
    }

    private Verdict repository() {
        if (evidence.repository() instanceof RepositoryState.Unreachable unreachable) {
            return new Verdict(
                    "Repository",
                    Level.BAD,
                    "It could not be read, so what is said of runs comes from the history alone: "
                            + escape(unreachable.error()) + ".");
        }
        int runs = ((RepositoryState.Reached) evidence.repository()).runs().size();
        return new Verdict(
                "Repository",
                runs == 0 ? Level.BAD : Level.GOOD,
                "It was read for this page and holds " + count(runs, "run", "runs") + " of this app.");
    }
}
