package dev.kamalbackup.report;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kamalbackup.catalog.RecordedRun;
import dev.kamalbackup.config.RetentionSettings;
import dev.kamalbackup.evidence.Chronicle;
import dev.kamalbackup.evidence.Configuration;
import dev.kamalbackup.evidence.Evidence;
import dev.kamalbackup.evidence.PastEvent;
import dev.kamalbackup.evidence.RecoveryPoint;
import dev.kamalbackup.evidence.RecoveryTime;
import dev.kamalbackup.evidence.RepositoryState;
import dev.kamalbackup.state.HistoryProof;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Evidence with one of everything, and with nothing of a repository that is gone. */
final class EvidenceDocuments {
    private EvidenceDocuments() {}

    static ObjectNode reached(RecordedRun run, Instant now) {
        PastEvent drill = new PastEvent(
                "drill",
                now.minusSeconds(60),
                Optional.of(now.minusSeconds(90)),
                "passed",
                Optional.of("20261123T090000Z"),
                OptionalLong.of(4096),
                List.of(),
                Map.of("fetch", 1200L),
                List.of(),
                "production");
        PastEvent check = new PastEvent(
                "check",
                now,
                Optional.empty(),
                "failed",
                Optional.empty(),
                OptionalLong.empty(),
                List.of(),
                Map.of(),
                List.of("pack is damaged"),
                "1/10 of the data read");
        return Reports.of(evidence(
                new RepositoryState.Reached(List.of(run)),
                new Chronicle(List.of(check, drill), Map.of("check", 1, "drill", 1), 1),
                new HistoryProof(
                        3, List.of(new HistoryProof.Break(2, "line 2 is missing before it")), List.of("a note")),
                new RecoveryPoint(
                        2,
                        Optional.of(new RecoveryPoint.Gap(now.minusSeconds(7200), now, true)),
                        Optional.of(now.minusSeconds(7200)),
                        Optional.of(Duration.ofHours(2))),
                new RecoveryTime(List.of(drill)),
                now));
    }

    static ObjectNode unreachable(Instant now) {
        return Reports.of(evidence(
                new RepositoryState.Unreachable("cannot list snapshots: it is gone"),
                new Chronicle(List.of(), Map.of(), 0),
                new HistoryProof(0, List.of(), List.of()),
                new RecoveryPoint(0, Optional.empty(), Optional.empty(), Optional.empty()),
                new RecoveryTime(List.of()),
                now));
    }

    private static Evidence evidence(
            RepositoryState repository,
            Chronicle chronicle,
            HistoryProof proof,
            RecoveryPoint point,
            RecoveryTime time,
            Instant now) {
        return new Evidence(
                "shop",
                "shop-backup",
                now,
                "1.1.0",
                new Configuration(
                        List.of(new Configuration.ConfiguredDatabase("app", "sqlite")),
                        "/backups/shop",
                        List.of("/data"),
                        true,
                        "every 6h",
                        Duration.ofHours(6),
                        true,
                        RetentionSettings.defaults(),
                        "ab".repeat(32)),
                repository,
                List.of(),
                Optional.of(JsonNodeFactory.instance.objectNode().put("status", "ok")),
                Optional.empty(),
                chronicle,
                proof,
                point,
                time,
                Map.of("sqlite3", "3.40.1", "rclone", "unavailable"));
    }
}
