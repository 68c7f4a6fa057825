package dev.kamalbackup.cli;

import dev.kamalbackup.cli.kamal.KamalOptions;
import dev.kamalbackup.rails.KamalDeploy;
import java.nio.file.Files;
import java.util.Set;

/** Where a command is to run: here, or in the accessory that is reached from here. */
final class Whereabouts {
    private static final Set<String> REMOTE = Set.of(
            "backup",
            "list",
            "check",
            "unlock",
            "prune",
            "evidence",
            "status",
            "doctor",
            "dump",
            "restore production",
            "drill production",
            "version");

    /** What may change what cannot be changed back. */
    private static final Set<String> DESTRUCTIVE = Set.of("restore production", "drill production", "prune", "unlock");

    private static final Set<String> LOCAL_SOURCES = Set.of("restore local", "drill local");

    private Whereabouts() {}

    static boolean isRemote(CommandCall call, KamalOptions options, Surroundings surroundings) {
        if (options.namesDeployment()) {
            boolean remote = REMOTE.contains(call.words()) || call.words().equals("schedule");
            if (!remote && !LOCAL_SOURCES.contains(call.words())) {
                throw call.misuse("-c and -d choose an accessory, and this command asks none");
            }
            return remote;
        }
        return REMOTE.contains(call.words()) && isCheckout(surroundings);
    }

    /** Whether it is to be confirmed, and refused when versions differ. */
    static boolean isDestructive(CommandCall call) {
        return DESTRUCTIVE.contains(call.words()) && !call.has("--dry-run");
    }

    /** An app's checkout, and no configuration of another place named. */
    private static boolean isCheckout(Surroundings surroundings) {
        return surroundings
                        .environment()
                        .getOrDefault("KAMAL_BACKUP_CONFIG", "")
                        .isBlank()
                && Files.isRegularFile(surroundings.workingFolder().resolve(KamalDeploy.FILE));
    }
}
