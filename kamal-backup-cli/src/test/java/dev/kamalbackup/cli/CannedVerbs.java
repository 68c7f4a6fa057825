package dev.kamalbackup.cli;

import dev.kamalbackup.catalog.RecordedRun;
import dev.kamalbackup.error.KamalBackupException;
import dev.kamalbackup.plan.RunPlan;
import dev.kamalbackup.restic.Snapshot;
import dev.kamalbackup.restore.RestoreRequest;
import dev.kamalbackup.restore.RestoreResult;
import dev.kamalbackup.restore.RestoreTask;
import dev.kamalbackup.run.BackupAnswer;
import dev.kamalbackup.run.BackupRequest;
import dev.kamalbackup.run.BackupResult;
import dev.kamalbackup.run.PartOutcome;
import dev.kamalbackup.tag.RunId;
import dev.kamalbackup.tag.TagSet;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Answers as the library gives them, for what the command line makes of them. */
final class CannedVerbs implements Verbs {
    static final Instant RUN_TIME = Instant.parse("2026-11-23T09:00:00Z");
    static final RunId RUN = new RunId(RUN_TIME);
    static final String SNAPSHOT = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    final List<Object> asked = new ArrayList<>();
    BackupAnswer answer = new BackupAnswer.Made(result(0, saved()));

    @Nullable
    KamalBackupException failure;

    static PartOutcome saved() {
        return new PartOutcome.Saved("database app", "sqlite", SNAPSHOT, 2048, "ab".repeat(32), List.of());
    }

    static BackupResult result(int exitCode, PartOutcome... parts) {
        return new BackupResult(
                RUN, "shop", RUN_TIME, RUN_TIME.plusSeconds(5), List.of(parts), List.of(), false, exitCode);
    }

    @Override
    public RunPlan plan() {
        throw new UnsupportedOperationException("no plan is canned");
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
        return new RestoreTask(
                run(),
                List.of(new RestoreTask.DatabaseTarget(
                        "app", "sqlite", run().snapshots().get(0), "/laptop/app.sqlite3")),
                List.of(new RestoreTask.FilesTarget(
                        run().snapshots().get(0), Path.of("/data/storage"), Path.of("/nowhere/storage"))));
    }

    @Override
    public RestoreResult restore(RestoreTask task, String requested) {
        asked.add(task);
        return new RestoreResult(task, requested, RUN_TIME, RUN_TIME.plusSeconds(9));
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
