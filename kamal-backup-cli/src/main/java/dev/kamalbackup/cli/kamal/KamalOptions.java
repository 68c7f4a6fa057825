package dev.kamalbackup.cli.kamal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The options that choose which accessory is meant.
 *
 * @param configFile Kamal's configuration file, if not config/deploy.yml
 * @param destination Kamal's destination, as in staging
 * @param hosts on which of its hosts; wildcards with {@code *} as Kamal has them; empty for all
 * @param skipVersionCheck whether a remote of another version may be used for anything
 */
public record KamalOptions(
        Optional<String> configFile, Optional<String> destination, List<String> hosts, boolean skipVersionCheck) {
    public KamalOptions {
        hosts = List.copyOf(hosts);
    }

    /** None of them given. */
    public static KamalOptions none() {
        return new KamalOptions(Optional.empty(), Optional.empty(), List.of(), false);
    }

    /** Whether any is given. One by one: a record's own equals is put together at its first call, 8 ms of every start. */
    public boolean areGiven() {
        return namesDeployment() || !hosts.isEmpty() || skipVersionCheck;
    }

    /** Whether a deployment is named, so that the accessory is meant whatever folder this is. */
    public boolean namesDeployment() {
        return configFile.isPresent() || destination.isPresent();
    }

    /** Those of them that every command of Kamal understands. */
    public List<String> arguments() {
        List<String> arguments = new ArrayList<>();
        configFile.ifPresent(file -> arguments.addAll(List.of("-c", file)));
        destination.ifPresent(name -> arguments.addAll(List.of("-d", name)));
        return List.copyOf(arguments);
    }
}
