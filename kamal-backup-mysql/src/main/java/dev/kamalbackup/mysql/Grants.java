package dev.kamalbackup.mysql;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What SHOW GRANTS tells. It has to be asked because a server shows a user no trigger and no routine that he has no right
 * to: a dump would lack them, and end well.
 *
 * @param lines the answer of SHOW GRANTS
 */
record Grants(List<String> lines) {
    private static final String NAME = "(`(?:[^`]|``)*`|\\*)";
    private static final Pattern GRANT =
            Pattern.compile("GRANT (.*) ON (?:TABLE |FUNCTION |PROCEDURE )?" + NAME + "\\." + NAME + " TO .*");
    private static final Pattern ROLE = Pattern.compile("GRANT [`'](?:[^`']|``)*[`']@.* TO .*");
    private static final String ALL = "ALL PRIVILEGES";

    /** Any of these lets a user see routines; whether he may read them is told by the dumper. */
    private static final Set<String> SHOW_ROUTINES =
            Set.of("EXECUTE", "ALTER ROUTINE", "CREATE ROUTINE", "SHOW CREATE ROUTINE", "SHOW_ROUTINE");

    Grants {
        lines = List.copyOf(lines);
    }

    /** What is missing to see all of this database, as it is written in a GRANT; empty if nothing is. */
    List<String> missing(String database) {
        List<String> missing = new ArrayList<>();
        if (!areTold()) {
            return missing;
        }
        // For the whole database: with a right to some of its tables only, the others are not even listed.
        if (!has(database, Set.of("TRIGGER"))) {
            missing.add("TRIGGER");
        }
        if (!has(database, SHOW_ROUTINES) && !has("mysql", Set.of("SELECT"))) {
            missing.add("EXECUTE");
        }
        return missing;
    }

    /** Whether all is told: what a role of MySQL brings is not listed with the user's own, so then nobody knows. */
    boolean areTold() {
        return lines.stream().noneMatch(line -> ROLE.matcher(line).matches());
    }

    /** Whether one of these is granted on the whole database. */
    boolean has(String database, Set<String> any) {
        return has(scope -> covers(scope, database), any);
    }

    /** Whether this is granted on everything. */
    boolean hasEverywhere(String privilege) {
        return has("*"::equals, Set.of(privilege));
    }

    private boolean has(Predicate<String> scope, Set<String> any) {
        return lines.stream()
                .map(GRANT::matcher)
                .filter(Matcher::matches)
                .anyMatch(grant -> scope.test(grant.group(2))
                        && grant.group(3).equals("*")
                        && privileges(grant.group(1)).stream()
                                .anyMatch(privilege -> privilege.equals(ALL) || any.contains(privilege)));
    }

    private static List<String> privileges(String list) {
        return Pattern.compile(",\\s*")
                .splitAsStream(list.replaceAll("\\([^)]*\\)", ""))
                .map(String::strip)
                .toList();
    }

    /** A database's name in a grant is a pattern, as for LIKE. */
    private static boolean covers(String granted, String database) {
        if (granted.equals("*")) {
            return true;
        }
        String name = granted.substring(1, granted.length() - 1).replace("``", "`");
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < name.length(); i++) {
            char letter = name.charAt(i);
            if (letter == '\\' && i + 1 < name.length()) {
                i++;
                regex.append(Pattern.quote(name.substring(i, i + 1)));
            } else if (letter == '%') {
                regex.append(".*");
            } else {
                regex.append(letter == '_' ? "." : Pattern.quote(String.valueOf(letter)));
            }
        }
        return Pattern.compile(regex.toString(), Pattern.DOTALL)
                .matcher(database)
                .matches();
    }
}
