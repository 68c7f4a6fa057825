package dev.kamalbackup.restore;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kamalbackup.error.CancelledException;
import dev.kamalbackup.error.KamalBackupException;
import dev.kamalbackup.error.StateException;
import dev.kamalbackup.state.History;
import dev.kamalbackup.state.Journal;
import dev.kamalbackup.state.RunLock;
import dev.kamalbackup.tag.RunId;
import java.util.Map;
import java.util.Optional;

/** The line that a restore leaves in the history, whatever became of it. */
final class RestoreRecord {
    private final Equipment equipment;
    private final RestoreRequest request;
    private final RestoreProgress progress;
    private Optional<RestoreTask> task = Optional.empty();
    private Optional<RunId> safetyRun = Optional.empty();

    RestoreRecord(Equipment equipment, RestoreRequest request, RestoreProgress progress) {
        this.equipment = equipment;
        this.request = request;
        this.progress = progress;
    }

    void planned(RestoreTask planned) {
        task = Optional.of(planned);
    }

    /** The caller holds the run lock. */
    void begin() {
        Map<String, String> about = request.about(task);
        safetyRun.ifPresent(run -> about.put("safety_run", run.toString()));
        equipment.state().journal().begin(new Journal.Work("restore", progress.startedAt(), about));
    }

    /** From now on even a restore that is killed leaves the way back in the history. */
    void keptIn(RunId run) {
        safetyRun = Optional.of(run);
        begin();
    }

    Optional<RunId> safetyRun() {
        return safetyRun;
    }

    /** By which command the restore is undone; empty text if nothing was kept. */
    String wayBack() {
        return safetyRun
                .map(run -> "kamal-backup restore " + request.scope().word() + " " + run)
                .orElse("");
    }

    /** The caller holds the run lock. */
    void complete() {
        append(line("complete"));
    }

    /** The caller holds the run lock. */
    void failed(KamalBackupException failure) {
        ObjectNode line = line(failure instanceof CancelledException ? "interrupted" : "failed");
        line.put("phase", progress.phase()).put("reason", failure.fault().summary());
        append(line);
    }

    /** For what fails before the lock is taken: the failure itself is more important than that it is not recorded. */
    void failedEarly(KamalBackupException failure) {
        try {
            equipment.state().prepare();
            try (RunLock lock = RunLock.acquire(
                    equipment.state(), "record of a restore", equipment.clock(), equipment.listener()::warning)) {
                failed(failure);
            }
        } catch (StateException unrecorded) {
            equipment.listener().warning(unrecorded.fault().full());
        }
    }

    private void append(ObjectNode line) {
        equipment.state().history().append(line);
        equipment.state().journal().endWork();
    }

    private ObjectNode line(String outcome) {
        ObjectNode line = JsonNodeFactory.instance.objectNode();
        line.put("kind", "restore").put("scope", request.scope().word());
        line.put("at", History.time(equipment.clock().instant()));
        line.put("requested", request.run().toString());
        task.ifPresent(known -> line.put("run_id", known.run().id().toString()));
        line.put("outcome", outcome);
        line.put("started_at", History.time(progress.startedAt()));
        safetyRun.ifPresent(run -> line.put("safety_run", run.toString()));
        task.flatMap(known -> known.survey().bytes().isPresent()
                        ? Optional.of(known.survey().bytes().getAsLong())
                        : Optional.empty())
                .ifPresent(bytes -> line.put("bytes", bytes));
        ObjectNode phases = line.putObject("phases");
        progress.durations().forEach((phase, took) -> phases.put(phase, took.toMillis()));
        ObjectNode states = line.putObject("targets");
        progress.states().forEach(states::put);
        return line;
    }
}
