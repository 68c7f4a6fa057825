package dev.kamalbackup.postgres;

import dev.kamalbackup.plan.LeadingLines;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Leaves out of pg_restore's SQL what would end the restore and is not missed: settings that an older server does not
 * know, with which a new pg_restore begins its SQL, and comments on extensions that belong to another role. Such an
 * extension stays as it is when the target is emptied, and only its owner may comment on it.
 */
final class Unwanted {
    /** Settings that pg_restore sets, by the major version that brought them; older ones every server here has. */
    private static final Map<String, Integer> SINCE = Map.of("transaction_timeout", 17);

    /** The last SET of the fixed preamble, in every version since 9.5. */
    private static final String END_OF_PREAMBLE = "SET row_security = off;";

    /** More than any preamble has. */
    private static final int MOST_LINES = 40;

    /** What pg_restore says before the first table; extensions come before, and rows behind. */
    private static final String FIRST_TABLE = "SET default_tablespace = '';";

    /** Some hundreds of schemas may come before the extensions; all that is looked through is in memory meanwhile. */
    private static final int MOST_LINES_BEFORE_TABLES = 4000;

    /**
     * Asks for the comments, as pg_dump writes them, on the extensions of others: those that they have here, and those
     * that they have by nature in any version that this server knows.
     */
    static final String COMMENTS = """
            SELECT DISTINCT format('COMMENT ON EXTENSION %I IS %L;', e.extname, note)
            FROM pg_extension e, LATERAL (
              SELECT obj_description(e.oid, 'pg_extension')
              UNION SELECT comment FROM pg_available_extension_versions WHERE name = e.extname) AS known(note)
            WHERE NOT pg_has_role(e.extowner, 'USAGE') AND note IS NOT NULL AND note !~ '\\n'""";

    private Unwanted() {}

    /**
     * The lines that must not get to this server.
     *
     * @param server its major version
     * @param client the major version of pg_restore
     * @param comments what {@link #COMMENTS} answers
     */
    static LeadingLines of(int server, int client, List<String> comments) {
        Set<String> unknown = SINCE.entrySet().stream()
                .filter(setting -> client >= setting.getValue() && server < setting.getValue())
                .map(setting -> "SET " + setting.getKey() + " = 0;")
                .collect(Collectors.toUnmodifiableSet());
        if (comments.isEmpty()) {
            return unknown.isEmpty() ? LeadingLines.none() : new LeadingLines(unknown, END_OF_PREAMBLE, MOST_LINES);
        }
        // Lines are compared byte by byte.
        Stream<String> bytes = comments.stream()
                .map(comment -> new String(comment.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1));
        return new LeadingLines(
                Stream.concat(unknown.stream(), bytes).collect(Collectors.toUnmodifiableSet()),
                FIRST_TABLE,
                MOST_LINES_BEFORE_TABLES);
    }
}
