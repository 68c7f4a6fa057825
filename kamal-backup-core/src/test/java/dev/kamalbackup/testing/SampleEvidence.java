package dev.kamalbackup.testing;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.kamalbackup.catalog.RecordedRun;
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
import dev.kamalbackup.tag.RunId;
import dev.kamalbackup.tag.TagSet;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/** Evidence as an app has it after a quarter of a year: a backup each day, two of them failed, drills and checks. */
public final class SampleEvidence {
    /** When it was collected. */
    public static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

    private static final int DAYS = 88;

    private SampleEvidence() {}

    /** Of a repository that was read. */
    public static Evidence of(String database) {
        return evidence(database, new RepositoryState.Reached(runs(database)), proof());
    }

    /** Of a repository that could not be read. */
    public static Evidence unreachable() {
        return evidence("app", new RepositoryState.Unreachable("cannot list snapshots: connection refused"), proof());
    }

    /** Of a history that somebody changed. */
    public static Evidence broken() {
        return evidence(
                "app",
                new RepositoryState.Reached(runs("app")),
                new HistoryProof(
                        200,
                        List.of(new HistoryProof.Break(17, "lines 17 to 19 are missing before it")),
                        List.of("line 40 is not whole")));
    }

    private static HistoryProof proof() {
        return new HistoryProof(200, List.of(), List.of());
    }

    private static Evidence evidence(String database, RepositoryState repository, HistoryProof proof) {
        List<PastEvent> events = events(database);
        Map<String, Integer> counts = new TreeMap<>();
        events.forEach(event -> counts.merge(event.kind(), 1, Integer::sum));
        List<KnownRun> made = events.stream()
                .filter(event -> event.kind().equals("backup"))
                .map(event -> new KnownRun(
                        event.runId().orElseThrow(),
                        event.at(),
                        event.outcome(),
                        event.succeeded(),
                        false,
                        event.bytes(),
                        event.parts()))
                .toList();
        return new Evidence(
                "shop",
                "shop-backup",
                NOW,
                "1.1.0",
                new Configuration(
                        List.of(new Configuration.ConfiguredDatabase(database, "postgres")),
                        "s3:https://s3.example.com/shop-backups",
                        List.of("/data/storage"),
                        true,
                        "every 1d",
                        Duration.ofDays(1),
                        true,
                        RetentionSettings.defaults(),
                        "5f".repeat(32)),
                repository,
                made,
                Optional.of(JsonNodeFactory.instance.objectNode().put("status", "ok")),
                Optional.empty(),
                new Chronicle(events, counts, 0),
                proof,
                new RecoveryPoint(
                        28,
                        Optional.of(new RecoveryPoint.Gap(day(20), day(18), false)),
                        Optional.of(day(0)),
                        Optional.of(Duration.ofHours(9))),
                new RecoveryTime(events.stream()
                        .filter(event -> event.kind().equals("drill") && event.succeeded())
                        .limit(10)
                        .toList()),
                Map.of("pg_dump", "pg_dump (PostgreSQL) 17.2", "restic", "restic 0.19.1", "rclone", "unavailable"));
    }

    private static Instant day(int ago) {
        return NOW.minus(Duration.ofDays(ago)).minus(Duration.ofHours(9));
    }

    private static List<PastEvent> events(String database) {
        List<PastEvent> events = new ArrayList<>();
        for (int ago = 0; ago < DAYS; ago++) {
            boolean good = ago != 19 && ago != 51;
            events.add(event(
                    "backup",
                    day(ago),
                    good ? "complete" : "failed",
                    3_900_000_000L - ago * 9_000_000L + ago % 7 * 20_000_000L,
                    good ? List.of("database " + database, "files") : List.of("files"),
                    Map.of(),
                    good ? List.of() : List.of("database " + database + ": the server does not answer"),
                    ""));
            if (ago % 7 == 3) {
                events.add(event(
                        "check",
                        day(ago).plusSeconds(600),
                        "ok",
                        -1,
                        List.of(),
                        Map.of(),
                        List.of(),
                        "1/10 of the data read"));
                events.add(event(
                        "prune",
                        day(ago).plusSeconds(900),
                        "done",
                        -1,
                        List.of(),
                        Map.of(),
                        List.of(),
                        "19 kept, 2 removed"));
            }
            if (ago % 14 == 5) {
                events.add(event(
                        "drill",
                        day(ago).plusSeconds(3600),
                        ago == 61 ? "failed" : "passed",
                        3_900_000_000L,
                        List.of(),
                        new TreeMap<>(Map.of("fetch", 95_000L, "databases", 120_000L + ago * 500L, "verify", 31_000L)),
                        ago == 61 ? List.of("database " + database + ": table users has 500 rows, not 501") : List.of(),
                        "production"));
            }
        }
        events.sort(Comparator.comparing(PastEvent::at).reversed());
        return events;
    }

    private static PastEvent event(
            String kind,
            Instant at,
            String outcome,
            long bytes,
            List<String> parts,
            Map<String, Long> phases,
            List<String> reasons,
            String detail) {
        return new PastEvent(
                kind,
                at,
                Optional.of(at.minusSeconds(240)),
                outcome,
                Optional.of(new RunId(at).toString()).filter(id -> bytes > 0),
                bytes < 0 ? OptionalLong.empty() : OptionalLong.of(bytes),
                parts,
                phases,
                reasons,
                detail);
    }

    private static List<RecordedRun> runs(String database) {
        // No tag can hold what cannot be seen.
        String name = database.replaceAll("\\p{Cntrl}", "");
        List<RecordedRun> runs = new ArrayList<>();
        for (int ago = 0; ago < 34; ago++) {
            RunId id = new RunId(day(ago));
            runs.add(new RecordedRun(
                    id,
                    List.of(
                            snapshot("a", id, TagSet.ofDatabase("shop", name, "postgres", id, 2)),
                            snapshot("c", id, TagSet.ofFiles("shop", List.of("data-storage"), id, 2))),
                    ago == 19 ? RecordedRun.Completeness.INCOMPLETE : RecordedRun.Completeness.COMPLETE));
        }
        return runs;
    }

    private static Snapshot snapshot(String digit, RunId id, TagSet tags) {
        return new Snapshot(
                digit.repeat(64),
                id.time(),
                "shop-backup",
                tags,
                List.of("/data/storage"),
                List.of(),
                OptionalLong.of(1_900_000_000L));
    }
}
