package dev.kamalbackup.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kamalbackup.catalog.RecordedRun;
import dev.kamalbackup.checkout.Initializer;
import dev.kamalbackup.diagnosis.Finding;
import dev.kamalbackup.drill.DrillResult;
import dev.kamalbackup.drill.DrillTask;
import dev.kamalbackup.error.ConfigurationException;
import dev.kamalbackup.error.Fault;
import dev.kamalbackup.error.KamalBackupException;
import dev.kamalbackup.error.Problem;
import dev.kamalbackup.evidence.Evidence;
import dev.kamalbackup.plan.RunPlan;
import dev.kamalbackup.restore.DumpExtraction;
import dev.kamalbackup.restore.RestoreResult;
import dev.kamalbackup.restore.RestoreTask;
import dev.kamalbackup.retention.PrunePlan;
import dev.kamalbackup.retention.PruneResult;
import dev.kamalbackup.run.BackupAnswer;
import dev.kamalbackup.run.BackupResult;
import dev.kamalbackup.settings.Explanation;
import dev.kamalbackup.state.HistoryProof;
import dev.kamalbackup.status.Status;
import dev.kamalbackup.upkeep.CheckResult;
import dev.kamalbackup.upkeep.LockFinding;
import java.time.Instant;
import java.util.List;

/**
 * Results as JSON documents: the stable contract of {@code docs/json.md}. Each has {@code schema_version} and
 * {@code kind} first, snake_case names, and times in UTC to the second.
 */
public final class Reports {
    private Reports() {}

    /** A {@code backup_result}; what the state folder keeps of the last complete run, too. */
    public static ObjectNode of(BackupResult result) {
        return BackupDocument.made(result);
    }

    /**
     * A {@code backup_result}, also for a request that led to no run.
     *
     * @param now when the answer was given
     */
    public static ObjectNode of(BackupAnswer answer, Instant now) {
        return BackupDocument.of(answer, now);
    }

    /**
     * The {@code runs} of a repository.
     *
     * @param now what ages are counted from
     */
    public static ObjectNode of(List<RecordedRun> runs, Instant now) {
        return RunsDocument.of(runs, now);
    }

    /** The {@code plan} of a run. */
    public static ObjectNode of(RunPlan plan) {
        return PlanDocument.of(plan);
    }

    /** A {@code restore_plan}. */
    public static ObjectNode of(RestoreTask task) {
        return RestoreDocument.plan(task);
    }

    /** A {@code restore_result}. */
    public static ObjectNode of(RestoreResult result) {
        return RestoreDocument.result(result);
    }

    /** A {@code drill_plan}. */
    public static ObjectNode of(DrillTask task) {
        return DrillDocument.plan(task);
    }

    /** A {@code drill_result}; what the state folder keeps of the last drill, too. */
    public static ObjectNode of(DrillResult result) {
        return DrillDocument.result(result);
    }

    /** A {@code prune_plan}. */
    public static ObjectNode of(PrunePlan plan) {
        return PruneDocument.plan(plan);
    }

    /** A {@code prune_result}. */
    public static ObjectNode of(PruneResult result) {
        return PruneDocument.result(result);
    }

    /** A {@code check_result}; what the state folder keeps of the last check, too. */
    public static ObjectNode of(CheckResult result) {
        return CheckDocument.of(result);
    }

    /** The {@code locks} in a repository. */
    public static ObjectNode ofLocks(List<LockFinding> locks, Instant now) {
        return LocksDocument.of(locks, now);
    }

    /** The {@code status} of an app's backups. */
    public static ObjectNode of(Status status) {
        return StatusDocument.of(status);
    }

    /**
     * A {@code dump} that was taken out of the repository.
     *
     * @param output where it went
     */
    public static ObjectNode of(DumpExtraction.Extracted dump, String output) {
        return RestoreDocument.extracted(dump, output);
    }

    /** The {@code evidence}. */
    public static ObjectNode of(Evidence evidence) {
        return EvidenceDocument.of(evidence);
    }

    /** A {@code history_proof}. */
    public static ObjectNode of(HistoryProof proof) {
        return EvidenceDocument.of(proof);
    }

    /** A {@code doctor}'s findings. */
    public static ObjectNode doctor(List<Finding> findings) {
        return DiagnosisDocument.doctor(findings);
    }

    /** A {@code validation} that found no mistake; one that did is an {@code error}. */
    public static ObjectNode validation(List<Problem> warnings, List<Finding> findings) {
        return DiagnosisDocument.validation(warnings, findings);
    }

    /** The document {@code "explanation"}: where each setting comes from. */
    public static ObjectNode explanation(List<Explanation> explanations) {
        return DiagnosisDocument.explanation(explanations);
    }

    /** What {@code init} did. */
    public static ObjectNode of(Initializer.Result result) {
        return DiagnosisDocument.init(result);
    }

    /** An {@code error}: the answer of a verb that failed. */
    public static ObjectNode error(KamalBackupException failure) {
        List<Problem> problems =
                failure instanceof ConfigurationException configuration ? configuration.problems() : List.of();
        return ErrorDocument.of(failure.fault(), problems, failure.exitCode());
    }

    /** An {@code error} that no typed exception stands for, as in a command line nobody can read. */
    public static ObjectNode error(Fault fault, int exitCode) {
        return ErrorDocument.of(fault, List.of(), exitCode);
    }

    /** The {@code version} of this program and of the Java it runs on. */
    public static ObjectNode version(String version, String java) {
        return Documents.ofKind("version").put("version", version).put("java", java);
    }

    /**
     * The {@code version} of this program and of the one in the accessory.
     *
     * @param fix the command that brings them in step, if they are not
     */
    public static ObjectNode version(String version, String java, String remote, boolean inStep, String fix) {
        ObjectNode document =
                version(version, java).put("remote", remote).put("status", inStep ? "in sync" : "out of sync");
        return inStep ? document : document.put("fix", fix);
    }

    /** What a {@code shell} reads to complete the program's words. */
    public static ObjectNode completion(String shell, String script) {
        return Documents.ofKind("completion").put("shell", shell).put("script", script);
    }

    /**
     * The {@code help} for a command.
     *
     * @param command the command with its subcommands, separated by blanks
     * @param text the help for people
     */
    public static ObjectNode help(String command, String text) {
        return Documents.ofKind("help").put("command", command).put("text", text);
    }
}
