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
            state.history().append(line(work));
            warning.accept("the " + work.kind() + " that was started at " + History.time(work.startedAt())
                    + " did not end properly; it is recorded now");
            journal.endWork();
        });
    }

    private ObjectNode line(Journal.Work work) {
        ObjectNode line = StateFolder.object();
        line.put("kind", work.kind()).put("at", History.time(clock.instant()));
        line.put("outcome", "died").put("started_at", History.time(work.startedAt()));
        work.about().forEach(line::put);
        return line.put("reason", "its process was killed, or the machine went down, before it ended");
    }
}
