package dev.kamalbackup.cli;

import dev.kamalbackup.cli.kamal.KamalOptions;
import dev.kamalbackup.rails.KamalDeploy;
import java.nio.file.Files;
import java.util.Set;

/** Where a command is to run: here, or in the accessory that is reached from here. */
final class Whereabouts {
    static final String DUMP = "dump";

    private static final Set<String> REMOTE = Set.of(
            "backup",
            "list",
            "check",
            "unlock",
            "prune",
            "evidence",
            "status",
            "doctor",
            DUMP,
            "restore production",
            "drill production",
            "version");

    /** What may change what cannot be changed back. */
    private static final Set<String> DESTRUCTIVE = Set.of("restore production", "drill production", "prune", "unlock");

    private Whereabouts() {}

    /** @throws picocli.CommandLine.ParameterException if an accessory is chosen for a command that asks none */
    static boolean isRemote(CommandCall call, KamalOptions options, Surroundings surroundings) {
        boolean remote = options.namesDeployment()
                ? REMOTE.contains(call.words()) || call.words().equals("schedule")
                : REMOTE.contains(call.words()) && isCheckout(surroundings);
        if (remote || !options.areGiven()) {
            return remote;
        }
        boolean understood = options.namesDeployment() && options.hosts().isEmpty() && !options.skipVersionCheck();
        if (!understood || !(call.words().equals("validate") || takesBackupsFromThere(call))) {
            throw call.misuse("-c, -d, -h and --skip-version-check are for an accessory, and this runs here");
        }
        return false;
    }

    /** Whether it brings backups onto this machine: those of production, if an accessory is chosen. */
    static boolean takesBackupsFromThere(CommandCall call) {
        return call.words().equals("restore local") || call.words().equals("drill local");
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
