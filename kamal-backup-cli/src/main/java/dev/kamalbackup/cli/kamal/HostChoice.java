package dev.kamalbackup.cli.kamal;

import dev.kamalbackup.error.Fault;
import dev.kamalbackup.error.ToolException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * On which of its hosts the accessory is asked.
 *
 * @param host the one
 * @param named whether Kamal has to be told
 * @param others those that were left out
 * @param first whether Kamal would take this one for a command at a terminal
 */
public record HostChoice(String host, boolean named, List<String> others, boolean first) {
    public HostChoice {
        others = List.copyOf(others);
    }

    /**
     * Chooses.
     *
     * @param known every host of the deployment, for an accessory whose own are not known
     * @param wanted the hosts that were asked for, empty for any
     * @param command the command, if it is one that may change what cannot be changed back; empty for others
     * @throws ToolException if there is no such host, or not just one for a command that needs that
     */
    public static HostChoice of(
            Accessory accessory, List<String> known, List<String> wanted, Optional<String> command) {
        List<String> hosts = accessory.elsewhere() ? known : accessory.hosts();
        List<String> chosen = wanted.isEmpty()
                ? hosts
                : hosts.stream().filter(host -> isWanted(host, wanted)).toList();
        if (chosen.isEmpty()) {
            throw refused(
                    accessory,
                    wanted.isEmpty()
                            ? "Kamal's configuration names no host for it"
                            : "it is not on " + String.join(", ", wanted) + " but on " + String.join(", ", hosts),
                    "name one of its hosts with --hosts");
        }
        if (chosen.size() > 1 && (command.isPresent() || accessory.elsewhere())) {
            throw refused(
                    accessory,
                    (accessory.elsewhere()
                                    ? "its hosts come from a role or a tag, and are among "
                                    : command.get() + " needs one host, and it is on ")
                            + String.join(", ", chosen),
                    "say which: --hosts " + chosen.get(0));
        }
        boolean needed = hosts.size() > 1 || accessory.elsewhere();
        return new HostChoice(
                chosen.get(0),
                needed || !wanted.isEmpty(),
                chosen.subList(1, chosen.size()),
                !accessory.elsewhere() && chosen.get(0).equals(hosts.get(0)));
    }

    /** Kamal's option for it. */
    List<String> arguments() {
        return named ? List.of("--hosts", host) : List.of();
    }

    private static boolean isWanted(String host, List<String> wanted) {
        return wanted.stream()
                .map(pattern ->
                        Stream.of(pattern.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*")))
                .anyMatch(host::matches);
    }

    private static ToolException refused(Accessory accessory, String reason, String hint) {
        return new ToolException(new Fault("choose the host", accessory.name(), reason, hint));
    }
}
