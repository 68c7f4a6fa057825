package dev.kamalbackup.config;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** The variables that restic and its backends read (restic manual, "Environment Variables"; 0.17 to 0.19). */
public final class BackendVariables {
    /** Variables of restic itself that change how it talks to its backend, not what it does. */
    private static final Set<String> RESTIC_OWN = Set.of(
            "RESTIC_CACERT",
            "RESTIC_TLS_CLIENT_CERT",
            "RESTIC_COMPRESSION",
            "RESTIC_KEY_HINT",
            "RESTIC_PACK_SIZE",
            "RESTIC_READ_CONCURRENCY",
            "RESTIC_FEATURES",
            "RESTIC_HTTP_USER_AGENT",
            "RESTIC_CACHE_DIR");

    /** How variables begin that say who we are to the storage, from whichever machine it is asked. */
    private static final List<String> ACCESS = List.of(
            "RESTIC_REST_USERNAME",
            "RESTIC_REST_PASSWORD",
            "RESTIC_AWS_",
            "AWS_",
            "B2_",
            "AZURE_",
            "GOOGLE_",
            "RCLONE_",
            "OS_",
            "ST_",
            "HP_");

    /** How variables begin that belong to one machine: its proxies, its agent, its certificates. */
    private static final List<String> MACHINE =
            List.of("HTTP_", "HTTPS_", "NO_PROXY", "SSH_AUTH_SOCK", "SSL_CERT_", "GOMAXPROCS", "GOGC", "GODEBUG");

    /** How variables begin that are for databases alone. */
    private static final List<String> DATABASES = List.of("PGPASS", "MYSQL_", "MARIADB_");

    private BackendVariables() {}

    /** Whether restic may see it. */
    public static boolean isForRestic(String name) {
        String upper = name.toUpperCase(Locale.ROOT);
        return RESTIC_OWN.contains(upper)
                || Stream.concat(ACCESS.stream(), MACHINE.stream()).anyMatch(upper::startsWith);
    }

    /** Whether the command that prints the repository's password may see it, through restic. */
    public static boolean isForPasswordCommand(String name) {
        String upper = name.toUpperCase(Locale.ROOT);
        // RESTIC_… would change what restic itself does.
        return !upper.startsWith("RESTIC_")
                && !upper.contains("DATABASE")
                && DATABASES.stream().noneMatch(upper::startsWith);
    }

    /** Whether it opens the storage, also from another machine. */
    public static boolean isForAccess(String name) {
        String upper = name.toUpperCase(Locale.ROOT);
        return ACCESS.stream().anyMatch(upper::startsWith);
    }
}
