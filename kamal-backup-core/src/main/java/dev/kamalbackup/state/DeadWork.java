package dev.kamalbackup.state;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.util.function.Consumer;

/** Gives what died its line in the history, by the journal it left; whoever takes the run lock next does so. */
record DeadWork(StateFolder state, Clock clock, Consumer<String> warning) {
    void record() {
        Journal journal = state.journal();
        journal.setAsideIfDamaged()
                .ifPresent(aside -> warning.accept("the journal of an unfinished run is damaged and was moved to "
                        + aside + "; what that run left in the repository is listed as incomplete"));
        journal.unfinishedWork().ifPresent(work -> {
            if (!isRecorded(work)) {
                state.history().append(line(work));
                warning.accept("the " + work.kind() + " that was started at " + History.time(work.startedAt())
                        + " did not end properly; it is recorded now");
            }
            journal.endWork();
        });
    }

    /** Whether only the journal was left behind, as by a disk that was full just then: there is one piece of work at a time. */
    private boolean isRecorded(Journal.Work work) {
        String startedAt = History.time(work.startedAt());
        return state.history().entries().stream()
                .filter(entry -> entry.path("kind").asText().equals(work.kind()))
                .anyMatch(entry -> entry.path("at").asText().compareTo(startedAt) >= 0);
    }

    private ObjectNode line(Journal.Work work) {
        ObjectNode line = StateFolder.object();
        line.put("kind", work.kind()).put("at", History.time(clock.instant()));
        line.put("outcome", "died").put("started_at", History.time(work.startedAt()));
        work.about().forEach(line::put);
        return line.put(
                "reason",
                "it left no record: it was killed, the machine went down, or the state folder could not be written to");
    }
}
