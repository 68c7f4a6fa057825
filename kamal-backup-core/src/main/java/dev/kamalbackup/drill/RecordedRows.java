package dev.kamalbackup.drill;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kamalbackup.plan.TableRows;
import dev.kamalbackup.state.History;
import dev.kamalbackup.tag.RunId;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

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
                    JsonNode rows = part.path("rows");
                    if (part.path("part").asText().equals("database " + database) && rows.isObject()) {
                        return Optional.of(rows(rows));
                    }
                }
            }
        }
        return Optional.empty();
    }

    private static TableRows rows(JsonNode node) {
        Map<String, Long> tables = new TreeMap<>();
        node.path("tables")
                .properties()
                .forEach(table -> tables.put(table.getKey(), table.getValue().asLong()));
        return TableRows.of(node.path("exact").asBoolean(), tables);
    }
}
