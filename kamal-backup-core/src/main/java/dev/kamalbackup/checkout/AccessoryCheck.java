package dev.kamalbackup.checkout;

import dev.kamalbackup.error.ConfigurationException;
import dev.kamalbackup.error.Problem;
import dev.kamalbackup.rails.KamalDeploy;
import dev.kamalbackup.rails.KamalDeploy.Accessory;
import dev.kamalbackup.settings.AccessoryNeeds;
import dev.kamalbackup.settings.DatabaseTypes;
import dev.kamalbackup.settings.SettingsReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Checks the configuration as the accessory of {@code config/deploy.yml} will find it: with the variables and secrets that
 * Kamal gives it, and the volumes that are mounted there. The accessory need not run.
 */
public final class AccessoryCheck {
    private static final String CONFIG = "config/kamal-backup.yml";
    private static final String CONFIG_VARIABLE = "KAMAL_BACKUP_CONFIG";

    private final Path checkout;
    private final Map<String, String> environment;
    private final DatabaseTypes types;

    /** @param environment this machine's variables; they say which configuration file, and fill in deploy.yml */
    public AccessoryCheck(Path checkout, Map<String, String> environment, DatabaseTypes types) {
        this.checkout = checkout;
        this.environment = Map.copyOf(environment);
        this.types = types;
    }

    /** Whether this folder is one from which Kamal deploys. */
    public boolean applies() {
        return Files.isRegularFile(checkout.resolve(KamalDeploy.FILE));
    }

    /**
     * What works and should be changed nevertheless.
     *
     * @throws ConfigurationException with every problem
     */
    public List<Problem> warnings() {
        KamalDeploy deploy = KamalDeploy.read(checkout, name -> Optional.ofNullable(environment.get(name)))
                .orElseThrow(() -> new ConfigurationException(List.of(new Problem(
                        KamalDeploy.FILE,
                        "",
                        "only Ruby can tell what it says, so it cannot be checked here; run validate in the"
                                + " accessory: kamal accessory exec backup \"kamal-backup validate\""))));
        Optional<String> name = SettingsReader.accessory(checkout, environment);
        Accessory accessory = deploy.accessory(name)
                .orElseThrow(() -> new ConfigurationException(
                        List.of(new Problem(KamalDeploy.FILE, "accessories", missing(name, deploy.accessories())))));
        return warnings(accessory);
    }

    private static String missing(Optional<String> name, List<Accessory> accessories) {
        if (name.isEmpty() || accessories.isEmpty()) {
            return "there is no backup accessory; kamal-backup init prints the block to put there";
        }
        return "there is no accessory " + name.get() + ", as accessory: calls it; there are "
                + accessories.stream().map(Accessory::name).collect(Collectors.joining(", "));
    }

    /**
     * The same for an accessory that is known already.
     *
     * @throws ConfigurationException with every problem
     */
    public List<Problem> warnings(Accessory accessory) {
        List<Problem> warnings = new ArrayList<>(
                SettingsReader.readForAccessory(checkout, variables(accessory), Set.copyOf(accessory.secrets()), types)
                        .warnings());
        if (Files.exists(checkout.resolve(CONFIG))) {
            warnings.addAll(mountWarnings(accessory));
        }
        return warnings;
    }

    /** The accessory sees nothing of this machine's variables, and never the local file. */
    private Map<String, String> variables(Accessory accessory) {
        Map<String, String> variables = new HashMap<>(accessory.clear());
        variables.put(CONFIG_VARIABLE, environment.getOrDefault(CONFIG_VARIABLE, ""));
        return variables;
    }

    private List<Problem> mountWarnings(Accessory accessory) {
        AccessoryNeeds needs = AccessoryNeeds.of(checkout);
        Mounts mounts = new Mounts(accessory.mounts());
        String place = KamalDeploy.FILE;
        String key = "accessories." + accessory.name();
        List<Problem> warnings = new ArrayList<>();
        for (String file : needs.files()) {
            if (!mounts.hold(file)) {
                warnings.add(new Problem(
                        place, key + ".volumes", "nothing is mounted at " + file + ", which is to be backed up"));
            }
        }
        if (!mounts.hold(needs.stateFolder())) {
            warnings.add(new Problem(
                    place,
                    key + ".volumes",
                    "nothing is mounted at " + needs.stateFolder() + ", so records and restic's cache are lost with the"
                            + " container"));
        }
        if (accessory.mounts().stream().noneMatch(mount -> mount.startsWith(CONFIG + ":"))) {
            warnings.add(new Problem(
                    place,
                    key + ".files",
                    "should hold " + CONFIG + ":/app/" + CONFIG + ", which the accessory reads"));
        }
        return warnings;
    }
}
