package dev.kamalbackup.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kamalbackup.plan.TableRows;
import java.util.Optional;
import java.util.TreeMap;

/** Rows by table as JSON: {@code {"exact": true, "tables": {"public.users": 501}}}. */
public final class RowsJson {
    private RowsJson() {}

    /** The counts as they are written into the history and into documents. */
    public static ObjectNode of(TableRows rows) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("exact", rows.exact());
        ObjectNode tables = node.putObject("tables");
        rows.tables().forEach(tables::put);
        return node;
    }

    /** The counts that were written so; empty if there are none. */
    public static Optional<TableRows> read(JsonNode node) {
        if (!node.path("tables").isObject()) {
            return Optional.empty();
        }
        TreeMap<String, Long> tables = new TreeMap<>();
        node.path("tables")
                .properties()
                .forEach(table -> tables.put(table.getKey(), table.getValue().asLong()));
        return Optional.of(new TableRows(node.path("exact").asBoolean(), tables));
    }
}
