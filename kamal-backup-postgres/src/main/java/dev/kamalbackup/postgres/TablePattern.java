package dev.kamalbackup.postgres;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * A pattern of pg_dump's as the regular expressions that pg_dump makes of it (the PostgreSQL manual, "psql", "Patterns";
 * string_utils.c, patternToSQLRegex): a star and a question mark stand for letters, a dot divides schema and name, quotes
 * make all of it plain, and outside of them letters are small.
 *
 * @param schema empty if the search path decides
 * @param name empty if every name will do
 */
record TablePattern(String schema, String name) {
    private static final String SPECIAL = "|*+?()[]{}.^$\\";

    static TablePattern parse(String pattern) {
        List<StringBuilder> parts = new ArrayList<>(List.of(new StringBuilder()));
        boolean quoted = false;
        for (int i = 0; i < pattern.length(); i++) {
            char letter = pattern.charAt(i);
            char next = i + 1 < pattern.length() ? pattern.charAt(i + 1) : ' ';
            StringBuilder part = parts.get(parts.size() - 1);
            if (letter == '"' && quoted && next == '"') {
                part.append(letter);
                i++;
            } else if (letter == '"') {
                quoted = !quoted;
            } else if (letter == '.' && !quoted) {
                parts.add(new StringBuilder());
            } else {
                append(part, letter, next, quoted);
            }
        }
        int last = parts.size() - 1;
        return new TablePattern(
                last > 0 ? parts.get(last - 1).toString() : "", parts.get(last).toString());
    }

    private static void append(StringBuilder part, char letter, char next, boolean quoted) {
        if (letter == '$') {
            part.append("\\$");
        } else if (quoted) {
            part.append(SPECIAL.indexOf(letter) >= 0 ? "\\" : "").append(letter);
        } else if (letter == '*') {
            part.append(".*");
        } else if (letter == '?') {
            part.append('.');
        } else if (letter == '[' && next == ']') {
            part.append("\\[");
        } else {
            part.append(letter >= 'A' && letter <= 'Z' ? Character.toLowerCase(letter) : letter);
        }
    }

    /** The condition that a table {@code c} in a schema {@code n} is meant. */
    String condition() {
        String bySchema = schema.isEmpty() ? "pg_table_is_visible(c.oid)" : matches("n.nspname", schema);
        return "(" + bySchema + (name.isEmpty() ? "" : " AND " + matches("c.relname", name)) + ")";
    }

    private static String matches(String column, String regex) {
        return column + " OPERATOR(pg_catalog.~) " + literal("^(" + regex + ")$") + " COLLATE pg_catalog.\"default\"";
    }

    /** A text in SQL that no setting of the server's, and no quote in it, can make something else of. */
    static String literal(String text) {
        String hex = HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
        return "convert_from(decode('" + hex + "', 'hex'), 'UTF8')";
    }
}
