package dev.kamalbackup.drill;

import dev.kamalbackup.error.CancelledException;
import dev.kamalbackup.error.Fault;
import dev.kamalbackup.error.KamalBackupException;
import dev.kamalbackup.error.RestoreException;
import dev.kamalbackup.process.Cancellation;
import dev.kamalbackup.restore.Equipment;
import dev.kamalbackup.restore.RestoreExecution;
import dev.kamalbackup.restore.RestoreOperation;
import dev.kamalbackup.restore.RestoreProgress;
import dev.kamalbackup.restore.RestoreScope;
import dev.kamalbackup.run.ScratchFolders;
import dev.kamalbackup.state.RunLock;
import dev.kamalbackup.tag.RunId;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One drill under way: what it has come to so far. */
final class DrillRun {
    private final Equipment equipment;
    private final DrillRequest request;
    private final RestoreProgress progress;
    private final List<DatabaseFindings> databases = new ArrayList<>();
    private final List<BlobFindings> blobs = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private Optional<DrillTask> task = Optional.empty();
    private Optional<RunId> safetyRun = Optional.empty();
    private Optional<CheckOutcome> check = Optional.empty();
    private @Nullable KamalBackupException failure;

    DrillRun(Equipment equipment, DrillRequest request) {
        this.equipment = equipment;
        this.request = request;
        this.progress = new RestoreProgress(equipment.clock(), "plan");
    }

    Instant startedAt() {
        return progress.startedAt();
    }

    Optional<DrillTask> task() {
        return task;
    }

    void planned(DrillTask planned) {
        task = Optional.of(planned);
    }

    void failed(RuntimeException reason) {
        failure = typed(reason);
    }

    /** Whatever it is: a drill that fails as nobody thought of is recorded, too, and does not end the schedule. */
    private static KamalBackupException typed(RuntimeException reason) {
        return reason instanceof KamalBackupException known
                ? known
                : new RestoreException(
                        new Fault(
                                "drill",
                                "",
                                "something unexpected happened: " + reason,
                                "drill again, and report it if it happens again"),
                        reason);
    }

    /** Does what was planned, if it came to a plan; the caller holds the run lock. */
    void carryOut(RunLock lock, Cancellation cancellation) {
        task.ifPresent(planned -> {
            Path scratch = equipment
                    .state()
                    .scratch()
                    .resolve("drill-" + planned.restore().run().id());
            ScratchTargets targets = new ScratchTargets(equipment, planned);
            try {
                restore(planned, targets, scratch, lock, cancellation);
                progress.phase("verify");
                new Verification(equipment, planned, scratch, cancellation).into(databases, blobs);
                if (request.check().isPresent()) {
                    progress.phase("check");
                    check = Optional.of(
                            new CheckCommand(equipment).run(request.check().get(), planned, scratch, cancellation));
                }
            } catch (RuntimeException failed) {
                for (Throwable left : failed.getSuppressed()) {
                    warnings.add(
                            left instanceof KamalBackupException known
                                    ? known.fault().full()
                                    : left.toString());
                }
                failure = progress.told(typed(failed), wayBack());
            } finally {
                clearAway(targets, scratch);
            }
        });
    }

    private void restore(
            DrillTask planned, ScratchTargets targets, Path scratch, RunLock lock, Cancellation cancellation) {
        if (request.restore().scope() == RestoreScope.LOCAL) {
            new RestoreOperation(equipment)
                    .perform(planned.restore(), progress, lock, run -> safetyRun = Optional.of(run), cancellation);
            return;
        }
        progress.targets(planned.restore());
        progress.phase("prepare");
        targets.prepare(cancellation);
        ScratchFolders.remove(scratch);
        new RestoreExecution(equipment, planned.restore(), planned.databases(), progress)
                .carryOut(scratch, cancellation);
    }

    /** What cannot be cleared away says nothing about the backup, but must not go unseen. */
    private void clearAway(ScratchTargets targets, Path scratch) {
        progress.phase("clear away");
        try {
            ScratchFolders.remove(scratch);
        } catch (KamalBackupException left) {
            warnings.add(left.fault().full());
        }
        if (!request.keep()) {
            warnings.addAll(targets.remove());
        }
        warnings.forEach(equipment.listener()::warning);
    }

    /** What stopped it, if it was stopped from outside. */
    Optional<CancelledException> interruption() {
        return failure instanceof CancelledException interrupted ? Optional.of(interrupted) : Optional.empty();
    }

    DrillResult result() {
        List<String> flaws = Stream.of(
                        Optional.ofNullable(failure).stream()
                                .map(reason -> reason.fault().full()),
                        databases.stream().flatMap(found -> found.flaws().stream()),
                        blobs.stream().flatMap(found -> found.flaws().stream()),
                        check.stream().filter(done -> !done.passed()).map(done -> "the check failed: " + done.output()))
                .flatMap(reasons -> reasons)
                .toList();
        List<String> doubts = Stream.concat(
                        databases.stream().flatMap(found -> found.doubts().stream()),
                        blobs.stream().flatMap(found -> found.doubts().stream()))
                .toList();
        Outcome outcome = !flaws.isEmpty() ? Outcome.FAILED : !doubts.isEmpty() ? Outcome.INCONCLUSIVE : Outcome.PASSED;
        KamalBackupException failed = failure;
        int exitCode = outcome == Outcome.PASSED ? 0 : failed == null ? 1 : failed.exitCode();
        return new DrillResult(
                request,
                task,
                outcome,
                flaws.isEmpty() ? doubts : flaws,
                databases,
                blobs,
                check,
                progress.durations(),
                progress.states(),
                safetyRun,
                warnings,
                operator(),
                progress.startedAt(),
                equipment.clock().instant(),
                exitCode);
    }

    private String wayBack() {
        return safetyRun.map(run -> "kamal-backup restore local " + run).orElse("");
    }

    /** In a container none of the usual variables is set. */
    private String operator() {
        return Stream.of("KAMAL_BACKUP_OPERATOR", "USER", "USERNAME", "LOGNAME")
                .map(name -> equipment.environment().getOrDefault(name, ""))
                .filter(name -> !name.isBlank())
                .findFirst()
                .orElse("unknown");
    }
}
