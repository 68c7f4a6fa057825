package dev.kamalbackup.cli;

import dev.kamalbackup.catalog.RecordedRun;
import dev.kamalbackup.catalog.RunChoice;
import dev.kamalbackup.config.BackupPath;
import dev.kamalbackup.diagnosis.Finding;
import dev.kamalbackup.drill.BlobFindings;
import dev.kamalbackup.drill.CheckOutcome;
import dev.kamalbackup.drill.DatabaseFindings;
import dev.kamalbackup.drill.DrillRequest;
import dev.kamalbackup.drill.DrillResult;
import dev.kamalbackup.drill.DrillTask;
import dev.kamalbackup.drill.Outcome;
import dev.kamalbackup.error.Fault;
import dev.kamalbackup.error.RestoreException;
import dev.kamalbackup.error.ToolException;
import dev.kamalbackup.evidence.Evidence;
import dev.kamalbackup.plan.CommandStep;
import dev.kamalbackup.plan.DumpPlan;
import dev.kamalbackup.plan.DumpSource;
import dev.kamalbackup.plan.Part;
import dev.kamalbackup.plan.RunPlan;
import dev.kamalbackup.process.ChildEnvironment;
import dev.kamalbackup.process.Command;
import dev.kamalbackup.restic.Snapshot;
import dev.kamalbackup.restore.Consent;
import dev.kamalbackup.restore.DumpExtraction;
import dev.kamalbackup.restore.RestoreRequest;
import dev.kamalbackup.restore.RestoreResult;
import dev.kamalbackup.restore.RestoreSurvey;
import dev.kamalbackup.restore.RestoreTask;
import dev.kamalbackup.retention.PrunePlan;
import dev.kamalbackup.retention.PruneResult;
import dev.kamalbackup.run.BackupAnswer;
import dev.kamalbackup.run.BackupRequest;
import dev.kamalbackup.run.BackupResult;
import dev.kamalbackup.run.PartOutcome;
import dev.kamalbackup.state.HistoryProof;
import dev.kamalbackup.status.Status;
import dev.kamalbackup.tag.DumpPath;
import dev.kamalbackup.tag.RunId;
import dev.kamalbackup.tag.TagSet;
import dev.kamalbackup.testing.SampleEvidence;
import dev.kamalbackup.upkeep.CheckResult;
import dev.kamalbackup.upkeep.LockFinding;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Answers as the library gives them, for what the command line makes of them. */
final class CannedVerbs implements Verbs {
    static final Instant RUN_TIME = Instant.parse("2026-11-23T09:00:00Z");
    static final RunId RUN = new RunId(RUN_TIME);
    static final RunId SAFETY_RUN = new RunId(RUN_TIME.plusSeconds(3600));
    static final String SNAPSHOT = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    final List<Object> asked = new ArrayList<>();
    Outcome drillOutcome = Outcome.PASSED;
    BackupAnswer answer = new BackupAnswer.Made(result(0, saved()));
    Evidence evidence = SampleEvidence.of("app");
    HistoryProof proof = new HistoryProof(3, List.of(), List.of());
    List<Finding> findings = List.of(Finding.ok("restic", "0.19.1 (restic)"));

    CheckResult check = CannedUpkeep.SOUND;
    PrunePlan prunePlan = CannedUpkeep.ONE_OF_TWO_GOES;
    List<LockFinding> locks = List.of();
    Status status = CannedUpkeep.ALL_IS_WELL;

    @Nullable
    RuntimeException failure;

    static PartOutcome saved() {
        return new PartOutcome.Saved("database app", "sqlite", SNAPSHOT, 2048, "ab".repeat(32), List.of());
    }

    static BackupResult result(int exitCode, PartOutcome... parts) {
        return new BackupResult(
                RUN, "shop", RUN_TIME, RUN_TIME.plusSeconds(5), List.of(parts), List.of(), false, exitCode);
    }

    @Override
    public RunPlan plan() {
        asked.add("plan");
        throwFailure();
        CommandStep step = CommandStep.of(
                "copy the database",
                new Command("sqlite3", List.of("/data/it's.sqlite3"), ChildEnvironment.basics(Map.of())),
                Duration.ofMinutes(1),
                "");
        return new RunPlan(
                RUN,
                "shop",
                "shop-backup",
                Path.of("/state/scratch"),
                List.of(
                        new Part.DatabasePart(
                                "app",
                                "sqlite",
                                TagSet.ofDatabase("shop", "app", "sqlite", RUN, 3),
                                DumpPath.nested("shop", "app", "sqlite", "sqlite3"),
                                new DumpPlan(
                                        "/data/it's.sqlite3",
                                        List.of(step),
                                        new DumpSource.ScratchFile(Path.of("/state/scratch/copy")),
                                        List.of(),
                                        sample -> Optional.empty())),
                        new Part.BlockedPart(
                                "queue",
                                "postgres",
                                new ToolException(
                                        new Fault("run pg_dump", "pg_dump", "not found on the PATH", "install it"))),
                        new Part.FilesPart(
                                List.of(Path.of("/data/storage")),
                                List.of("/data/storage/tmp"),
                                TagSet.ofFiles("shop", List.of("data-storage"), RUN, 3))));
    }

    @Override
    public BackupAnswer backup(BackupRequest request) {
        asked.add(request);
        throwFailure();
        return answer;
    }

    @Override
    public List<RecordedRun> list() {
        throwFailure();
        return List.of(run());
    }

    @Override
    public RestoreTask planRestore(RestoreRequest request) {
        asked.add(request);
        throwFailure();
        return task(request);
    }

    private static RestoreTask task(RestoreRequest request) {
        return new RestoreTask(
                request,
                run(),
                List.of(new RestoreTask.DatabaseTarget(
                        "app", "sqlite", run().snapshots().get(0), "/laptop/app.sqlite3")),
                List.of(new RestoreTask.FilesTarget(
                        run().snapshots().get(0), Path.of("/data/storage"), Path.of("/nowhere/storage"))),
                List.of(),
                new RestoreTask.Replaced(List.of(), List.of(BackupPath.of(Path.of("/nowhere/storage")))),
                RestoreSurvey.none());
    }

    @Override
    public RestoreResult restore(RestoreRequest request, Consent<RestoreTask> consent) {
        RestoreTask task = planRestore(request);
        if (!consent.isGivenTo(task)) {
            throw new RestoreException(new Fault("restore run " + RUN, "", "aborted; nothing was changed", ""));
        }
        asked.add("restored");
        return new RestoreResult(task, Optional.of(SAFETY_RUN), RUN_TIME, RUN_TIME.plusSeconds(9));
    }

    @Override
    public DrillTask planDrill(DrillRequest request) {
        asked.add(request);
        throwFailure();
        return new DrillTask(request, task(request.restore()), List.of(), Map.of());
    }

    @Override
    public DrillResult drill(DrillRequest request, Consent<DrillTask> consent) {
        DrillTask task = planDrill(request);
        if (!consent.isGivenTo(task)) {
            throw new RestoreException(new Fault("drill", "", "aborted; nothing was changed", ""));
        }
        return new DrillResult(
                request,
                Optional.of(task),
                drillOutcome,
                drillOutcome == Outcome.PASSED ? List.of() : List.of("database app: table users is missing"),
                List.of(new DatabaseFindings("app", 3, 501, "exact", 2, List.of(), List.of(), List.of())),
                List.of(new BlobFindings("app", 20, 20, 20, List.of(), List.of(), List.of())),
                request.check().map(command -> new CheckOutcome(command, true, "all there")),
                Map.of("plan", Duration.ofMillis(1200)),
                Map.of("database app", "restored"),
                Optional.empty(),
                List.of(),
                "deploy",
                RUN_TIME,
                RUN_TIME.plusSeconds(90),
                drillOutcome == Outcome.PASSED ? 0 : 1);
    }

    @Override
    public DumpExtraction.Extracted extractDump(RunChoice choice, String database, OutputStream output) {
        try {
            output.write(("the dump of " + database).getBytes(StandardCharsets.UTF_8));
        } catch (IOException failed) {
            throw new UncheckedIOException("a test's stream", failed);
        }
        throwFailure();
        return new DumpExtraction.Extracted(
                run(), run().snapshots().get(0), database, "databases/shop/app/sqlite.sqlite3", 15, "ab".repeat(32));
    }

    @Override
    public PrunePlan planPrune() {
        asked.add("plan prune");
        throwFailure();
        return prunePlan;
    }

    @Override
    public PruneResult prune() {
        asked.add("prune");
        throwFailure();
        return new PruneResult(prunePlan, RUN_TIME, RUN_TIME.plusSeconds(3));
    }

    @Override
    public CheckResult check(Optional<String> subset) {
        asked.add("check " + subset.orElse(""));
        throwFailure();
        return check;
    }

    @Override
    public List<LockFinding> unlock(boolean everything) {
        asked.add(everything ? "unlock all" : "unlock");
        throwFailure();
        return locks;
    }

    @Override
    public Status status(boolean askRepository) {
        asked.add(askRepository ? "status" : "status by the state alone");
        throwFailure();
        return status;
    }

    @Override
    public void schedule() {
        asked.add("schedule");
        throwFailure();
    }

    @Override
    public List<Finding> diagnose() {
        throwFailure();
        return findings;
    }

    @Override
    public List<Finding> validate(boolean deep) {
        asked.add(deep ? "validate deep" : "validate");
        throwFailure();
        return deep ? findings : List.of();
    }

    @Override
    public Evidence evidence() {
        asked.add("evidence");
        throwFailure();
        return evidence;
    }

    @Override
    public HistoryProof proveHistory() {
        asked.add("prove");
        throwFailure();
        return proof;
    }

    @Override
    public void cancel(String reason) {
        asked.add("cancel: " + reason);
    }

    @Override
    public void close() {
        asked.add("close");
    }

    private void throwFailure() {
        if (failure != null) {
            throw failure;
        }
    }

    private static RecordedRun run() {
        return new RecordedRun(
                RUN,
                List.of(new Snapshot(
                        SNAPSHOT,
                        RUN_TIME,
                        "shop-backup",
                        TagSet.parse(List.of("kamal-backup", "app:shop", "type:database", "database:app", "parts:1")),
                        List.of("/databases/shop/app/sqlite.sqlite3"),
                        List.of(),
                        OptionalLong.of(2048))),
                RecordedRun.Completeness.COMPLETE);
    }
}
