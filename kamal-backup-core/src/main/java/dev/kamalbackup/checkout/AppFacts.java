package dev.kamalbackup.checkout;

import dev.kamalbackup.error.ConfigurationException;
import dev.kamalbackup.rails.ActiveStorage;
import dev.kamalbackup.rails.KamalDeploy;
import dev.kamalbackup.rails.RailsApp;
import dev.kamalbackup.rails.RailsDatabase;
import dev.kamalbackup.rails.Variables;
import dev.kamalbackup.tag.Names;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What an app's checkout tells about what to back up.
 *
 * @param app its name
 * @param databases those of production; empty if the checkout does not tell
 * @param unread why {@code config/database.yml} could not be read; empty if it could
 * @param storage where Active Storage keeps its files
 * @param volumes the app's volumes
 */
record AppFacts(String app, List<RailsDatabase> databases, String unread, ActiveStorage storage, List<String> volumes) {
    AppFacts {
        databases = List.copyOf(databases);
        volumes = List.copyOf(volumes);
    }

    static AppFacts of(Path checkout, Optional<KamalDeploy> deploy) {
        String app = deploy.map(KamalDeploy::service)
                .filter(service -> !service.isBlank())
                .orElseGet(() -> Names.sanitize(
                        String.valueOf(checkout.toAbsolutePath().normalize().getFileName())));
        // A variable whose value deploy.yml shows is written out; any other is a name to refer to.
        Variables variables = name -> deploy.map(KamalDeploy::clear)
                .flatMap(clear -> Optional.ofNullable(clear.get(name)))
                .or(() -> StarterConfig.NAMES.value(name));
        String unread = "";
        List<RailsDatabase> databases = List.of();
        try {
            databases = new RailsApp(checkout, variables, Optional.empty()).databases("production");
        } catch (ConfigurationException unreadable) {
            // The configuration can be written all the same; a comment in it tells what is left to do.
            unread = String.join("; ", unreadable.lines());
        }
        List<String> volumes = deploy.map(KamalDeploy::volumes).orElse(List.of());
        return new AppFacts(app, databases, unread, ActiveStorage.of(checkout), volumes);
    }
}
