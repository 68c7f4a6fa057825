package dev.kamalbackup.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kamalbackup.catalog.RecordedRun;
import dev.kamalbackup.checkout.Initializer;
import dev.kamalbackup.config.BackupPath;
import dev.kamalbackup.config.DatabaseSettings;
import dev.kamalbackup.diagnosis.Finding;
import dev.kamalbackup.drill.BlobFindings;
import dev.kamalbackup.drill.CheckOutcome;
import dev.kamalbackup.drill.DatabaseFindings;
import dev.kamalbackup.drill.DrillRequest;
import dev.kamalbackup.drill.DrillResult;
import dev.kamalbackup.drill.DrillTask;
import dev.kamalbackup.drill.Outcome;
import dev.kamalbackup.error.ConfigurationException;
import dev.kamalbackup.error.DumpException;
import dev.kamalbackup.error.Fault;
import dev.kamalbackup.error.Problem;
import dev.kamalbackup.plan.CommandStep;
import dev.kamalbackup.plan.DumpPlan;
import dev.kamalbackup.plan.DumpSource;
import dev.kamalbackup.plan.Part;
import dev.kamalbackup.plan.RunPlan;
import dev.kamalbackup.plan.TableRows;
import dev.kamalbackup.process.ChildEnvironment;
import dev.kamalbackup.process.Command;
import dev.kamalbackup.redact.Secret;
import dev.kamalbackup.restic.Snapshot;
import dev.kamalbackup.restore.DumpExtraction;
import dev.kamalbackup.restore.RestoreRequest;
import dev.kamalbackup.restore.RestoreResult;
import dev.kamalbackup.restore.RestoreSurvey;
import dev.kamalbackup.restore.RestoreTask;
import dev.kamalbackup.restore.Room;
import dev.kamalbackup.run.BackupAnswer;
import dev.kamalbackup.run.BackupResult;
import dev.kamalbackup.run.PartOutcome;
import dev.kamalbackup.settings.Explanation;
import dev.kamalbackup.state.HistoryProof;
import dev.kamalbackup.tag.DumpPath;
import dev.kamalbackup.tag.RunId;
import dev.kamalbackup.tag.TagSet;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The documents as programs read them: each is as in its file, and every field is explained in docs/json.md. */
class JsonDocumentsTest {
    private static final Instant TIME = Instant.parse("2026-11-23T09:00:00.5Z");
    private static final RunId RUN = new RunId(TIME);

    @ParameterizedTest
    @MethodSource("documents")
    void isAsItAlwaysWas(String name, ObjectNode document) throws Exception {
        try (InputStream expected = JsonDocumentsTest.class.getResourceAsStream("/report/" + name + ".json")) {
            assertThat(expected).as("%s", document.toPrettyString()).isNotNull();
            assertThat(document.toPrettyString())
                    .isEqualTo(new ObjectMapper().readTree(expected).toPrettyString());
        }
    }

    @ParameterizedTest
    @MethodSource("documents")
    void everyFieldIsExplained(String name, ObjectNode document) throws Exception {
        String manual = Files.readString(Path.of("..", "docs", "json.md"));

        assertThat(manual).contains("`" + document.path("kind").asText() + "`");
        assertThat(fields(document))
                .as(name)
                .allSatisfy(field -> assertThat(manual).containsPattern("`(error\\.)?" + field + "(\\[\\])?`"));
    }

    static Stream<Arguments> documents() {
        return Stream.of(
                Arguments.of(
                        "doctor",
                        Reports.doctor(List.of(
                                Finding.ok("restic", "0.19.1 (restic)"),
                                Finding.failed("repository", "it cannot be opened", "see that it is there")))),
                Arguments.of(
                        "validation",
                        Reports.validation(
                                List.of(new Problem(
                                        "config/kamal-backup.yml:3", "restic.password", "a secret in text")),
                                List.of(Finding.warning("locks", "held by joe", "wait until it ends")))),
                Arguments.of(
                        "explanation",
                        Reports.explanation(List.of(new Explanation(
                                "backup.schedule", "6h", "config/kamal-backup.yml:9", "The time between runs.")))),
                Arguments.of("init", Reports.of(new Initializer.Result("config/kamal-backup.yml", true, "a: b\n"))),
                Arguments.of("backup_made", Reports.of(new BackupAnswer.Made(made()), TIME)),
                Arguments.of(
                        "backup_not_due", Reports.of(new BackupAnswer.NotDue(TIME, TIME.plusSeconds(86400)), TIME)),
                Arguments.of("backup_disabled", Reports.of(new BackupAnswer.Disabled(), TIME)),
                Arguments.of("plan", Reports.of(plan())),
                Arguments.of("evidence", EvidenceDocuments.reached(run(), TIME.plusSeconds(3600))),
                Arguments.of("evidence_unreachable", EvidenceDocuments.unreachable(TIME)),
                Arguments.of(
                        "history_proof",
                        Reports.of(new HistoryProof(
                                9,
                                List.of(new HistoryProof.Break(4, "line 4 is missing before it")),
                                List.of("a note")))),
                Arguments.of("runs", Reports.of(List.of(run()), TIME.plusSeconds(3600))),
                Arguments.of("restore_plan", Reports.of(task())),
                Arguments.of("drill_plan", Reports.of(drill())),
                Arguments.of("drill_result", Reports.of(drilled())),
                Arguments.of(
                        "restore_result",
                        Reports.of(new RestoreResult(
                                task(), Optional.of(new RunId(TIME.plusSeconds(60))), TIME, TIME.plusSeconds(3)))),
                Arguments.of(
                        "dump",
                        Reports.of(
                                new DumpExtraction.Extracted(
                                        run(), run().snapshots().get(0), "app", "databases/a", 42, "ab".repeat(32)),
                                "/laptop/app.dump")),
                Arguments.of(
                        "error", Reports.error(new DumpException(new Fault("back up", "app", "why", "what next")))),
                Arguments.of("problems", Reports.error(ConfigurationException.of("app", "is missing"))),
                Arguments.of("version", Reports.version("1.1.0", "17.0.15+6")),
                Arguments.of("completion", Reports.completion("fish", "complete -c kamal-backup -f\n")),
                Arguments.of("help", Reports.help("kamal-backup list", "Lists the runs.")));
    }

    private static BackupResult made() {
        return new BackupResult(
                RUN,
                "shop",
                TIME,
                TIME.plusSeconds(5),
                List.of(
                        new PartOutcome.Saved(
                                "database app",
                                "sqlite",
                                "a".repeat(64),
                                8192,
                                "b".repeat(64),
                                Optional.of(TableRows.of(true, Map.of("public.users", 501L))),
                                List.of()),
                        new PartOutcome.Failed("database queue", "cannot back up", "look at it"),
                        new PartOutcome.Saved("files", "c".repeat(64), 4096, List.of("/data/x: permission denied")),
                        new PartOutcome.NotTried("database cache", "the repository did not open")),
                List.of("/data/x: permission denied"),
                false,
                1);
    }

    private static RunPlan plan() {
        Command copy = new Command("sqlite3", List.of("/data/app.sqlite3", ".backup copy"), environment());
        Command dumper = new Command("pg_dump", List.of("--format=custom"), environment());
        return new RunPlan(
                RUN,
                "shop",
                "shop-backup",
                Path.of("/state/scratch"),
                List.of(
                        new Part.BlockedPart(
                                "cache", "mysql", new DumpException(new Fault("back up", "cache", "why", "what next"))),
                        new Part.FilesPart(
                                List.of(Path.of("/data")),
                                List.of("*.log"),
                                TagSet.ofFiles("shop", List.of("data"), RUN, 2)),
                        database(
                                "app",
                                "sqlite",
                                new DumpPlan(
                                        "/data/app.sqlite3",
                                        List.of(CommandStep.of("copy the database", copy, Duration.ofHours(1), "")),
                                        new DumpSource.ScratchFile(Path.of("/state/copy")),
                                        List.of(CommandStep.of("check the copy", copy, Duration.ofHours(1), "")),
                                        sample -> Optional.empty())),
                        database(
                                "queue",
                                "postgres",
                                new DumpPlan(
                                        "db:5432/queue",
                                        List.of(),
                                        new DumpSource.Programs(dumper),
                                        List.of(),
                                        sample -> Optional.empty()))));
    }

    private static Part database(String name, String adapter, DumpPlan dump) {
        return new Part.DatabasePart(
                name,
                adapter,
                TagSet.ofDatabase("shop", name, adapter, RUN, 2),
                DumpPath.nested("shop", name, adapter, "dump"),
                dump);
    }

    private static ChildEnvironment environment() {
        return ChildEnvironment.basics(Map.of()).with("PASSWORD", new Secret("canary"));
    }

    private static RecordedRun run() {
        return new RecordedRun(
                RUN,
                List.of(
                        snapshot("a", OptionalLong.empty(), TagSet.ofDatabase("shop", "app", "sqlite", RUN, 2)),
                        snapshot("c", OptionalLong.of(4096), TagSet.ofFiles("shop", List.of("data"), RUN, 2))),
                RecordedRun.Completeness.COMPLETE);
    }

    private static Snapshot snapshot(String digit, OptionalLong bytes, TagSet tags) {
        return new Snapshot(digit.repeat(64), TIME, "shop-backup", tags, List.of("/data"), List.of(), bytes);
    }

    private static DrillTask drill() {
        DrillRequest request = DrillRequest.of(RestoreRequest.latest().intoProduction());
        return new DrillTask(request, task(), List.of(), Map.of());
    }

    private static DrillResult drilled() {
        return new DrillResult(
                drill().request(),
                Optional.of(drill()),
                Outcome.FAILED,
                List.of("database app: table users is missing"),
                List.of(new DatabaseFindings(
                        "app", 3, 501, "exact", 2, List.of("table users is missing"), List.of(), List.of("a note"))),
                List.of(new BlobFindings("app", 20, 20, 20, List.of(), List.of("a doubt"), List.of())),
                Optional.of(new CheckOutcome("bin/check", true, "all there")),
                Map.of("fetch", Duration.ofMillis(1200)),
                Map.of("database app", "restored"),
                Optional.of(new RunId(TIME.plusSeconds(60))),
                List.of("a warning"),
                "deploy",
                TIME,
                TIME.plusSeconds(3),
                1);
    }

    private static RestoreTask task() {
        RecordedRun run = run();
        return new RestoreTask(
                RestoreRequest.latest(),
                run,
                List.of(new RestoreTask.DatabaseTarget(
                        "app", "sqlite", run.snapshots().get(0), "/laptop/app.sqlite3")),
                List.of(new RestoreTask.FilesTarget(run.snapshots().get(1), Path.of("/data"), Path.of("/laptop/data"))),
                List.of(),
                new RestoreTask.Replaced(
                        List.of(DatabaseSettings.of("app", "sqlite")), List.of(BackupPath.of(Path.of("/laptop/data")))),
                new RestoreSurvey(
                        OptionalLong.of(3072),
                        List.of(new Room(Path.of("/laptop"), 3072, 9999)),
                        List.of("restic 0.19.1"),
                        Optional.of(Duration.ofSeconds(90))));
    }

    private static Set<String> fields(JsonNode node) {
        Set<String> fields = new TreeSet<>();
        node.properties().forEach(field -> {
            fields.add(field.getKey());
            // The names in there are those of the app's tables.
            if (!field.getKey().equals("tables")) {
                fields.addAll(fields(field.getValue()));
            }
        });
        if (node.isArray()) {
            node.forEach(element -> fields.addAll(fields(element)));
        }
        return fields;
    }
}
