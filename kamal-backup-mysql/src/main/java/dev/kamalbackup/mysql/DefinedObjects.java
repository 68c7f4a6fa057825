package dev.kamalbackup.mysql;

import dev.kamalbackup.plan.DumpScan;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Judges the views, triggers, routines and events of a dump, of which each says who has defined it, and its foreign keys.
 * A server lets only an administrator create what somebody else has defined, creates without a word what belongs to
 * nobody, which then fails when it is used, and refuses a foreign key for want of a right. All of that is known before
 * anything is dropped.
 *
 * @param rights what the user may do who restores
 */
record DefinedObjects(TargetRights rights) {
    private static final String NAME = "`(?:[^`]|``)*`";

    private static final String FOREIGN_KEY = "FOREIGN KEY";

    /** As mysqldump and mariadb-dump write them; no row can look like this, since its line breaks are escaped. */
    private static final Pattern LINE = Pattern.compile(
            "^(?:/\\*!\\d+ CREATE\\*/ |  CONSTRAINT " + NAME + " )?((?:/\\*!\\d+ |CREATE )DEFINER=" + NAME
                    + "(?:@" + NAME + ")?(?:\\*/)? (?:/\\*!\\d+ )?(?:AGGREGATE )?"
                    + "(?:TRIGGER|FUNCTION|PROCEDURE|EVENT|PACKAGE|SQL)|(?<=` )" + FOREIGN_KEY + ")\\b");

    private static final Pattern PARTS = Pattern.compile("DEFINER=(" + NAME + ")(?:@(" + NAME + "))?.* (\\w+)$");

    private static final String VIEW = "VIEW";

    DumpScan scan() {
        return new DumpScan(
                LINE,
                this::flaw,
                "nothing was changed; let an administrator do what is said, or restore as an administrator");
    }

    private Optional<String> flaw(SortedSet<String> found) {
        TreeMap<String, String> kinds = new TreeMap<>();
        for (String beginning : found) {
            if (beginning.equals(FOREIGN_KEY)) {
                kinds.put(FOREIGN_KEY, "");
            }
            Matcher parts = PARTS.matcher(decoded(beginning));
            if (parts.find()) {
                String kind = parts.group(3).equals("SQL") ? VIEW : parts.group(3);
                String definer = parts.group(1) + "@" + (parts.group(2) == null ? "``" : parts.group(2));
                Optional<String> flaw = definerFlaw(kind, definer);
                if (flaw.isPresent()) {
                    return flaw;
                }
                kinds.put(kind, definer);
            }
        }
        return kinds.keySet().stream()
                .map(this::kindFlaw)
                .flatMap(Optional::stream)
                .findFirst();
    }

    private Optional<String> definerFlaw(String kind, String definer) {
        if (!definer.equals(rights.user()) && !rights.maySetDefiner()) {
            return Optional.of("the dump holds a " + kind + " that was defined by " + definer + ", and "
                    + rights.user() + " may not create that: GRANT " + rights.setDefiner() + " ON *.* TO "
                    + rights.user());
        }
        return rights.isUnknown(definer)
                ? Optional.of("the dump holds a " + kind + " that was defined by " + definer
                        + ", whom this server does not know, so that it could not be used: CREATE USER " + definer
                        + " ACCOUNT LOCK, and give him the rights he has at home")
                : Optional.empty();
    }

    private Optional<String> kindFlaw(String kind) {
        List<String> needed = switch (kind) {
            case VIEW -> List.of("CREATE VIEW");
            // MariaDB takes one from whoever may create the table.
            case FOREIGN_KEY -> rights.mariaDb() ? List.of() : List.of("REFERENCES");
            case "TRIGGER", "EVENT" -> List.of(kind);
            default -> List.of("CREATE ROUTINE", "ALTER ROUTINE");
        };
        List<String> missing = rights.missing(needed);
        if (!missing.isEmpty()) {
            String privileges = String.join(", ", missing);
            return Optional.of("the dump holds a " + kind + ", and " + rights.user() + " lacks " + privileges);
        }
        return Set.of("TRIGGER", "FUNCTION").contains(kind) && rights.binaryLogForbidsCode()
                ? Optional.of("the dump holds a " + kind + ", and with its binary log on this server takes that from an"
                        + " administrator only: SET GLOBAL log_bin_trust_function_creators = 1")
                : Optional.empty();
    }

    /** The scan keeps bytes; names are UTF-8. */
    private static String decoded(String latin1) {
        return new String(latin1.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }
}
