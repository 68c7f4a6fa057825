package dev.kamalbackup.mysql;

import dev.kamalbackup.process.CommandOutput;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the user may do in the target who restores into it.
 *
 * @param user as it is written in a dump: {@code `name`@`host`}
 * @param grants what SHOW GRANTS told
 * @param database the target
 * @param mariaDb whether the server is MariaDB
 * @param users all users of the server; empty if this one may not see them
 * @param guardedBinaryLog whether the server takes triggers and functions from administrators only
 */
record TargetRights(
        String user,
        Grants grants,
        String database,
        boolean mariaDb,
        Optional<Set<String>> users,
        boolean guardedBinaryLog) {
    /** By which a user may name somebody else as the definer: MariaDB, MySQL 8.0, MySQL since 8.2. */
    private static final List<String> SET_DEFINER = List.of("SET USER", "SET_USER_ID", "SET_ANY_DEFINER");

    private static final String QUOTED = "CONCAT('`', REPLACE(%1$s, '`', '``'), '`@`', REPLACE(%2$s, '`', '``'), '`')";
    private static final String USER = "SELECT "
            + QUOTED.formatted(
                    "LEFT(CURRENT_USER(), CHAR_LENGTH(CURRENT_USER()) - CHAR_LENGTH(SUBSTRING_INDEX(CURRENT_USER(), '@', -1)) - 1)",
                    "SUBSTRING_INDEX(CURRENT_USER(), '@', -1)");
    private static final String USERS = "SELECT " + QUOTED.formatted("User", "Host") + " FROM mysql.user";
    private static final String BINARY_LOG = "SELECT @@log_bin AND NOT @@log_bin_trust_function_creators";

    static TargetRights of(ServerProbe probe, MysqlServer server, String database) {
        CommandOutput users = probe.run(server.client(), USERS);
        return new TargetRights(
                String.join("", probe.ask(server, USER)),
                new Grants(probe.ask(server, "SHOW GRANTS")),
                database,
                server.mariaDb(),
                users.succeeded() ? Optional.of(users.stdout().lines().collect(Collectors.toSet())) : Optional.empty(),
                probe.ask(server, BINARY_LOG).equals(List.of("1")));
    }

    /** Those of these privileges on the whole database that are missing. */
    List<String> missing(List<String> privileges) {
        return grants.areTold()
                ? privileges.stream()
                        .filter(privilege -> !grants.has(database, Set.of(privilege)))
                        .toList()
                : List.of();
    }

    /** MySQL asks for one more right if the definer is a user of the system, such as root, which only he can see. */
    boolean maySetDefiner() {
        return !grants.areTold()
                || isAdministrator()
                || (SET_DEFINER.stream().anyMatch(grants::hasEverywhere)
                        && (mariaDb || grants.hasEverywhere("SYSTEM_USER")));
    }

    /** What to grant for {@link #maySetDefiner}. */
    String setDefiner() {
        return mariaDb ? "SET USER" : "SYSTEM_USER, SET_ANY_DEFINER (before MySQL 8.2: SET_USER_ID)";
    }

    /** Whether it is known that there is no such user. */
    boolean isUnknown(String definer) {
        return users.isPresent() && !users.get().contains(definer);
    }

    boolean binaryLogForbidsCode() {
        return guardedBinaryLog && grants.areTold() && !isAdministrator();
    }

    private boolean isAdministrator() {
        return grants.hasEverywhere("SUPER");
    }
}
