package dev.kamalbackup.mysql;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A foreign key.
 *
 * @param table whose rows point elsewhere
 * @param columns its columns
 * @param parent where they point: database and table
 * @param parentColumns the columns there, in the same order
 */
record ForeignKey(String table, List<String> columns, List<String> parent, List<String> parentColumns) {
    ForeignKey {
        columns = List.copyOf(columns);
        parent = List.copyOf(parent);
        parentColumns = List.copyOf(parentColumns);
    }

    /** From what {@link CountSql#FOREIGN_KEYS} answers. */
    static List<ForeignKey> of(List<String> lines) {
        Map<List<String>, List<List<String>>> byConstraint = new LinkedHashMap<>();
        for (String line : lines) {
            List<String> fields =
                    Stream.of(line.split(" ", -1)).map(ForeignKey::text).toList();
            byConstraint
                    .computeIfAbsent(fields.subList(0, 2), constraint -> new ArrayList<>())
                    .add(fields);
        }
        return byConstraint.values().stream().map(ForeignKey::ofFields).toList();
    }

    private static ForeignKey ofFields(List<List<String>> columns) {
        List<String> first = columns.get(0);
        return new ForeignKey(
                first.get(1),
                columns.stream().map(fields -> fields.get(2)).toList(),
                first.subList(3, 5),
                columns.stream().map(fields -> fields.get(5)).toList());
    }

    /** What it is called, as in {@code orders.user_id}. */
    String name() {
        return table + "." + String.join(",", columns);
    }

    /** The rows that point nowhere. A row without a value in one of the columns points at nothing, and may. */
    String dangling() {
        StringBuilder matches = new StringBuilder();
        for (int i = 0; i < columns.size(); i++) {
            matches.append(i == 0 ? "" : " AND ")
                    .append("p.")
                    .append(CountSql.quoted(parentColumns.get(i)))
                    .append(" = c.")
                    .append(CountSql.quoted(columns.get(i)));
        }
        String known = columns.stream()
                .map(column -> "c." + CountSql.quoted(column) + " IS NOT NULL")
                .collect(Collectors.joining(" AND "));
        String parents = parent.stream().map(CountSql::quoted).collect(Collectors.joining("."));
        return CountSql.quoted(table) + " c WHERE " + known + " AND NOT EXISTS (SELECT 1 FROM " + parents + " p WHERE "
                + matches + ")";
    }

    private static String text(String hex) {
        return new String(HexFormat.of().parseHex(hex), StandardCharsets.UTF_8);
    }
}
