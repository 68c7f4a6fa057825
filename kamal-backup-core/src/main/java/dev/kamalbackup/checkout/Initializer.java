package dev.kamalbackup.checkout;

import dev.kamalbackup.error.Fault;
import dev.kamalbackup.error.StateException;
import dev.kamalbackup.rails.KamalDeploy;
import dev.kamalbackup.settings.AccessoryNeeds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** Begins a configuration for an app that has none; never overwrites one. */
public final class Initializer {
    /** What is written, below the app's folder. */
    public static final String FILE = "config/kamal-backup.yml";

    private final Path checkout;

    public Initializer(Path checkout) {
        this.checkout = checkout;
    }

    /**
     * What was done, and what is left to do.
     *
     * @param file the configuration, as the user knows it
     * @param created whether it was written now, or was there
     * @param accessory the block for {@code config/deploy.yml} that fits it
     */
    public record Result(String file, boolean created, String accessory) {}

    /**
     * Writes the configuration if there is none.
     *
     * @throws StateException if it cannot be written
     * @throws dev.kamalbackup.error.ConfigurationException if the app's files, or a configuration that is there, cannot be
     *     read
     */
    public Result run() {
        Optional<KamalDeploy> deploy = KamalDeploy.read(checkout, StarterConfig.NAMES);
        boolean created =
                !Files.exists(checkout.resolve(FILE)) && write(new StarterConfig(AppFacts.of(checkout, deploy)).yaml());
        AccessoryNeeds needs = AccessoryNeeds.of(checkout);
        return new Result(FILE, created, new AccessoryBlock(needs, deploy).yaml());
    }

    private boolean write(String yaml) {
        Path file = checkout.resolve(FILE);
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, yaml, StandardOpenOption.CREATE_NEW);
            return true;
        } catch (IOException failed) {
            throw new StateException(
                    new Fault(
                            "write " + FILE,
                            checkout.toString(),
                            failed.getClass().getSimpleName() + ": " + failed.getMessage(),
                            "run it in the app's folder, as a user who may write there"),
                    failed);
        }
    }
}
