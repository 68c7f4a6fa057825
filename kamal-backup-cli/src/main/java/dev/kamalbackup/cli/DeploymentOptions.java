package dev.kamalbackup.cli;

import dev.kamalbackup.cli.kamal.KamalOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** The options, known to every command, that say which accessory is meant. They are never sent to it. */
final class DeploymentOptions {
    private static final String CONFIG_FILE = "--config-file";
    private static final String DESTINATION = "--destination";
    private static final String HOSTS = "--hosts";
    private static final String SKIP_VERSION_CHECK = "--skip-version-check";
    private static final Set<String> ALL = Set.of(CONFIG_FILE, DESTINATION, HOSTS, SKIP_VERSION_CHECK);

    private DeploymentOptions() {}

    static void addTo(CommandSpec command) {
        command.addOption(OptionSpec.builder("-c", CONFIG_FILE)
                        .type(String.class)
                        .paramLabel("FILE")
                        .description("Act on the accessory of this Kamal configuration.")
                        .build())
                .addOption(OptionSpec.builder("-d", DESTINATION)
                        .type(String.class)
                        .paramLabel("NAME")
                        .description("Act on the accessory of this Kamal destination.")
                        .build())
                .addOption(OptionSpec.builder("-h", HOSTS)
                        .type(String.class)
                        .paramLabel("HOST")
                        .description("Which of the accessory's hosts, separated by commas.")
                        .build())
                .addOption(OptionSpec.builder(SKIP_VERSION_CHECK)
                        .type(boolean.class)
                        .description("Even if the accessory runs another version.")
                        .build());
    }

    static boolean isOne(OptionSpec option) {
        return ALL.contains(option.longestName());
    }

    /** What was given, before or after the command; what stands last counts. */
    static KamalOptions of(ParseResult result) {
        List<ParseResult> levels = levels(result);
        return new KamalOptions(
                text(levels, CONFIG_FILE),
                text(levels, DESTINATION),
                text(levels, HOSTS).stream()
                        .flatMap(hosts -> Stream.of(hosts.split(",")))
                        .map(String::strip)
                        .filter(host -> !host.isEmpty())
                        .toList(),
                levels.stream().anyMatch(level -> level.hasMatchedOption(SKIP_VERSION_CHECK)));
    }

    /** The program and the commands below it, as they were called. */
    static List<ParseResult> levels(ParseResult result) {
        List<ParseResult> levels = new ArrayList<>(List.of(result));
        for (ParseResult at = result; at.hasSubcommand(); at = at.subcommand()) {
            levels.add(at.subcommand());
        }
        return levels;
    }

    private static Optional<String> text(List<ParseResult> levels, String name) {
        Optional<String> last = Optional.empty();
        for (ParseResult level : levels) {
            if (level.hasMatchedOption(name)) {
                String value = level.matchedOptionValue(name, "");
                if (value.isBlank()) {
                    // An unset variable in a script must not choose another deployment by accident.
                    throw new CommandLine.ParameterException(
                            level.commandSpec().commandLine(), name + " must not be empty");
                }
                last = Optional.of(value);
            }
        }
        return last;
    }
}
