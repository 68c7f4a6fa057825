package dev.kamalbackup.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kamalbackup.config.RetentionSettings;
import dev.kamalbackup.evidence.Chronicle;
import dev.kamalbackup.evidence.Configuration;
import dev.kamalbackup.evidence.Evidence;
import dev.kamalbackup.evidence.KnownRun;
import dev.kamalbackup.evidence.PastEvent;
import dev.kamalbackup.evidence.RecoveryPoint;
import dev.kamalbackup.evidence.RecoveryTime;
import dev.kamalbackup.evidence.RepositoryState;
import dev.kamalbackup.restic.Snapshot;
import dev.kamalbackup.state.HistoryProof;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** {@code evidence}, with the predecessor's fields, and {@code history_proof}. */
final class EvidenceDocument {
    private EvidenceDocument() {}

    static ObjectNode of(Evidence evidence) {
        Configuration configuration = evidence.configuration();
        ObjectNode document = Documents.ofKind("evidence")
                .put("app", evidence.app())
                .put("app_name", evidence.app())
                .put("host", evidence.host())
                .put("generated_at", Documents.time(evidence.generatedAt()));
        ArrayNode databases = document.putArray("databases");
        configuration
                .databases()
                .forEach(database ->
                        databases.addObject().put("name", database.name()).put("adapter", database.adapter()));
        document.put("repository", configuration.repository()).put("restic_repository", configuration.repository());
        Documents.putTexts(document, "paths", configuration.paths());
        document.put("backups_enabled", configuration.enabled())
                .put("schedule", configuration.schedule())
                .put("schedule_seconds", configuration.interval().toSeconds())
                .put("forget_after_backup", configuration.forgetAfterBackup())
                .put("configuration_sha256", configuration.fingerprint());
        document.set("retention", retention(configuration.retention()));
        putLatest(document, evidence);
        document.set("last_restic_check", evidence.lastCheck().orElse(null));
        document.set("last_restore_drill", evidence.lastDrill().orElse(null));
        document.put("image_version", evidence.version());
        ObjectNode tools = document.putObject("tool_versions");
        evidence.tools().forEach(tools::put);
        putRuns(document, evidence);
        document.set("recovery_point", recoveryPoint(evidence.recoveryPoint()));
        document.set("recovery_time", recoveryTime(evidence.recoveryTime()));
        Chronicle chronicle = evidence.chronicle();
        document.set("checks", events(chronicle.newest("check")));
        document.set("prunes", events(chronicle.newest("prune")));
        document.set("restores_and_drills", events(chronicle.newest("restore", "drill")));
        document.set("failures", events(chronicle.failures()));
        document.set("history", history(chronicle, evidence.proof()));
        return document;
    }

    static ObjectNode of(HistoryProof proof) {
        ObjectNode document = Documents.ofKind("history_proof");
        document.setAll(proof(proof));
        return document;
    }

    private static ObjectNode retention(RetentionSettings retention) {
        return Documents.object()
                .put("RESTIC_KEEP_LAST", retention.last())
                .put("RESTIC_KEEP_HOURLY", retention.hourly())
                .put("RESTIC_KEEP_DAILY", retention.daily())
                .put("RESTIC_KEEP_WEEKLY", retention.weekly())
                .put("RESTIC_KEEP_MONTHLY", retention.monthly())
                .put("RESTIC_KEEP_YEARLY", retention.yearly())
                .put("RESTIC_KEEP_WITHIN", retention.within());
    }

    private static void putLatest(ObjectNode document, Evidence evidence) {
        List<Configuration.ConfiguredDatabase> databases =
                evidence.configuration().databases();
        ObjectNode latest = document.putObject("latest_database_backups");
        if (evidence.repository() instanceof RepositoryState.Reached reached) {
            boolean only = databases.size() == 1;
            databases.forEach(database -> latest.set(database.name(), snapshot(reached.latest(database, only))));
            document.set("latest_file_backup", snapshot(reached.latestFiles()));
        } else if (evidence.repository() instanceof RepositoryState.Unreachable unreachable) {
            databases.forEach(database -> latest.set(database.name(), error(unreachable)));
            document.set("latest_file_backup", error(unreachable));
        }
    }

    private static ObjectNode error(RepositoryState.Unreachable unreachable) {
        return Documents.object().put("error", unreachable.error());
    }

    private static JsonNode snapshot(Optional<Snapshot> snapshot) {
        if (snapshot.isEmpty()) {
            return NullNode.getInstance();
        }
        ObjectNode node = Documents.object()
                .put("id", snapshot.get().id())
                .put("time", Documents.time(snapshot.get().time()));
        Documents.putTexts(node, "tags", snapshot.get().tags().values());
        return node;
    }

    private static void putRuns(ObjectNode document, Evidence evidence) {
        document.put(
                "runs_source", evidence.repository() instanceof RepositoryState.Reached ? "repository" : "history");
        ArrayNode runs = document.putArray("runs");
        evidence.newestRuns().forEach(run -> runs.add(run(run)));
    }

    private static ObjectNode run(KnownRun run) {
        ObjectNode node = Documents.object()
                .put("run_id", run.id())
                .put("time", Documents.time(run.time()))
                .put("completeness", run.completeness())
                .put("whole", run.whole())
                .put("safety", run.safety());
        Documents.putBytes(node, run.bytes());
        Documents.putTexts(node, "parts", run.parts());
        return node;
    }

    private static ObjectNode recoveryPoint(RecoveryPoint point) {
        ObjectNode node = Documents.object()
                .put("window_seconds", RecoveryPoint.WINDOW.toSeconds())
                .put("complete_runs", point.completeRuns());
        putTime(node, "newest_complete_run", point.newest());
        putSeconds(node, "newest_age_seconds", point.age());
        putSeconds(node, "largest_gap_seconds", point.largestGap().map(RecoveryPoint.Gap::length));
        putTime(node, "largest_gap_from", point.largestGap().map(RecoveryPoint.Gap::from));
        putTime(node, "largest_gap_until", point.largestGap().map(RecoveryPoint.Gap::until));
        return node.put(
                "note",
                point.largestGap().isEmpty() ? "fewer than two complete runs are known, which make no gap" : null);
    }

    private static ObjectNode recoveryTime(RecoveryTime time) {
        ObjectNode node = Documents.object();
        putMillis(node, "newest_milliseconds", time.newest());
        putMillis(node, "longest_milliseconds", time.longest());
        node.set("measured", events(time.measured()));
        return node;
    }

    private static ArrayNode events(List<PastEvent> events) {
        ArrayNode array = Documents.object().arrayNode();
        events.forEach(event -> array.add(event(event)));
        return array;
    }

    private static ObjectNode event(PastEvent event) {
        ObjectNode node = Documents.object().put("kind", event.kind()).put("at", Documents.time(event.at()));
        putTime(node, "started_at", event.startedAt());
        node.put("outcome", event.outcome())
                .put("run_id", event.runId().orElse(null))
                .put("detail", event.detail());
        Documents.putBytes(node, event.bytes());
        putMillis(node, "milliseconds", event.recovery());
        Documents.putTexts(node, "reasons", event.reasons());
        return node;
    }

    private static ObjectNode history(Chronicle chronicle, HistoryProof proof) {
        ObjectNode node = proof(proof);
        putTime(node, "first", chronicle.first());
        putTime(node, "last", chronicle.last());
        node.put("unreadable", chronicle.unreadable());
        ArrayNode counts = node.putArray("counts");
        chronicle
                .counts()
                .forEach((kind, count) -> counts.addObject().put("kind", kind).put("count", count));
        return node;
    }

    private static ObjectNode proof(HistoryProof proof) {
        ObjectNode node =
                Documents.object().put("entries", proof.lines()).put("chain", proof.isIntact() ? "intact" : "broken");
        ArrayNode breaks = node.putArray("breaks");
        proof.breaks()
                .forEach(found -> breaks.addObject().put("line", found.line()).put("problem", found.problem()));
        Documents.putTexts(node, "notes", proof.notes());
        return node;
    }

    private static void putTime(ObjectNode node, String name, Optional<Instant> time) {
        node.put(name, time.map(Documents::time).orElse(null));
    }

    private static void putSeconds(ObjectNode node, String name, Optional<Duration> duration) {
        duration.ifPresentOrElse(known -> node.put(name, known.toSeconds()), () -> node.putNull(name));
    }

    private static void putMillis(ObjectNode node, String name, Optional<Duration> duration) {
        duration.ifPresentOrElse(known -> node.put(name, known.toMillis()), () -> node.putNull(name));
    }
}
