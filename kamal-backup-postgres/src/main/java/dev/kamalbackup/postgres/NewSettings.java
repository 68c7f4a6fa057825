package dev.kamalbackup.postgres;

import dev.kamalbackup.process.Command;
import dev.kamalbackup.spi.AdapterContext;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Leaves out of pg_restore's SQL what an older server does not know. A new pg_restore begins its SQL with SET commands
 * for settings of its own time, and one of them would end the restore.
 */
final class NewSettings {
    /** Settings that pg_restore sets, by the major version that brought them; older ones every server here has. */
    private static final Map<String, Integer> SINCE = Map.of("transaction_timeout", 17);

    /** The last SET of the fixed preamble, in every version since 9.5. */
    private static final String END_OF_PREAMBLE = "^SET row_security = off;$";

    private NewSettings() {}

    /**
     * The program to put between this pg_restore and psql, if one is needed. It changes nothing behind the preamble, where
     * a line that looks like such a command may be a row of a table.
     */
    static List<Command> filter(int client, int server, AdapterContext context) {
        String unknown = SINCE.entrySet().stream()
                .filter(setting -> client >= setting.getValue() && server < setting.getValue())
                .map(setting -> "/^SET " + setting.getKey() + " = 0;$/d;")
                .collect(Collectors.joining());
        // Bytes, not characters: the rows may be in any encoding.
        return unknown.isEmpty()
                ? List.of()
                : List.of(new Command(
                        "sed",
                        List.of("-e", "1,/" + END_OF_PREAMBLE + "/{" + unknown + "}"),
                        context.childEnvironment().with("LC_ALL", "C")));
    }
}
