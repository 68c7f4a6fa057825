package dev.kamalbackup.drill;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kamalbackup.plan.TableRows;
import dev.kamalbackup.run.RowsJson;
import dev.kamalbackup.state.History;
import dev.kamalbackup.tag.RunId;
import java.util.Optional;

/** How many rows the databases had when a run was made, where the history of this machine tells. */
final class RecordedRows {
    private final History history;

    RecordedRows(History history) {
        this.history = history;
    }

    Optional<TableRows> of(RunId run, String database) {
        for (JsonNode entry : history.entries()) {
            if (entry.path("run_id").asText().equals(run.toString())) {
                for (JsonNode part : entry.path("parts")) {
                    if (part.path("part").asText().equals("database " + database)) {
                        return RowsJson.read(part.path("rows"));
                    }
                }
            }
        }
        return Optional.empty();
    }
}
