package dev.kamalbackup.drill;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kamalbackup.state.History;
import dev.kamalbackup.state.Journal;
import java.time.Instant;
import java.util.Optional;

/** The line that a drill leaves in the history, whatever became of it. */
final class DrillRecord {
    private DrillRecord() {}

    /**
     * The line.
     *
     * @param outcome how it ended, in a word
     */
    static ObjectNode of(DrillResult result, String outcome) {
        ObjectNode line = JsonNodeFactory.instance.objectNode();
        line.put("kind", "drill")
                .put("scope", result.request().restore().scope().word());
        line.put("at", History.time(result.finishedAt()));
        line.put("requested", result.request().restore().run().toString());
        result.task()
                .ifPresent(task -> line.put("run_id", task.restore().run().id().toString()));
        line.put("outcome", outcome);
        line.put("operator", result.operator());
        line.put("started_at", History.time(result.startedAt()));
        result.request().scheduledFor().ifPresent(time -> line.put(History.SCHEDULED_FOR, time.toString()));
        result.safetyRun().ifPresent(run -> line.put("safety_run", run.toString()));
        result.task()
                .map(task -> task.restore().survey().bytes())
                .ifPresent(bytes -> bytes.ifPresent(known -> line.put("bytes", known)));
        ObjectNode phases = line.putObject("phases");
        result.phases().forEach((phase, took) -> phases.put(phase, took.toMillis()));
        ObjectNode states = line.putObject("targets");
        result.states().forEach(states::put);
        result.reasons().forEach(line.putArray("reasons")::add);
        return line;
    }

    /** What the journal holds while it is under way. */
    static Journal.Work begun(Instant startedAt, DrillRequest request, Optional<DrillTask> task) {
        return new Journal.Work("drill", startedAt, request.restore().about(task.map(DrillTask::restore)));
    }
}
