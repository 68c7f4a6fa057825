package dev.kamalbackup.postgres;

import dev.kamalbackup.plan.LeadingLines;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Leaves out of pg_restore's SQL what an older server does not know. A new pg_restore begins its SQL with SET commands
 * for settings of its own time, and one of them would end the restore.
 */
final class NewSettings {
    /** Settings that pg_restore sets, by the major version that brought them; older ones every server here has. */
    private static final Map<String, Integer> SINCE = Map.of("transaction_timeout", 17);

    /** The last SET of the fixed preamble, in every version since 9.5. */
    private static final String END_OF_PREAMBLE = "SET row_security = off;";

    /** More than any preamble has. */
    private static final int MOST_LINES = 40;

    private NewSettings() {}

    /** What of this pg_restore's preamble must not get to this server. */
    static LeadingLines unknownTo(int server, int client) {
        Set<String> unknown = SINCE.entrySet().stream()
                .filter(setting -> client >= setting.getValue() && server < setting.getValue())
                .map(setting -> "SET " + setting.getKey() + " = 0;")
                .collect(Collectors.toUnmodifiableSet());
        return unknown.isEmpty() ? LeadingLines.none() : new LeadingLines(unknown, END_OF_PREAMBLE, MOST_LINES);
    }
}
