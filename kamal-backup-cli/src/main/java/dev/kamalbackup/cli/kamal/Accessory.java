package dev.kamalbackup.cli.kamal;

import java.util.List;
import java.util.Map;

/**
 * An accessory as Kamal sees it.
 *
 * @param service the container's name
 * @param hosts where it runs, as far as that is written with the accessory
 * @param elsewhere whether its hosts come from a role or a tag, which only Kamal can look up
 * @param clear its variables that are no secrets
 * @param secrets the variables that are: the name in the container, and the name of the secret
 */
public record Accessory(
        String name,
        String image,
        String service,
        List<String> hosts,
        boolean elsewhere,
        Map<String, String> clear,
        Map<String, String> secrets) {
    public Accessory {
        hosts = List.copyOf(hosts);
        clear = Map.copyOf(clear);
        secrets = Map.copyOf(secrets);
    }
}
