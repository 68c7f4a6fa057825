package dev.kamalbackup.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Writes what fish has to know: of each command its subcommands and options, with what they are for. */
final class FishCompletion {
    /** Says whether the command typed so far is this one. Words that are no command belong to an option, or to a command. */
    private static final String AT = """
            function __kamal_backup_at
                set -l commands %s
                set -l typed
                for word in (commandline -opc)[2..-1]
                    set -l longer (string join ' ' $typed $word)
                    contains -- "$longer" $commands; and set typed $longer
                end
                test "$typed" = "$argv"
            end
            complete -c kamal-backup -f
            """;

    private final CommandSpec program;
    private final List<String> lines = new ArrayList<>();

    FishCompletion(CommandSpec program) {
        this.program = program;
    }

    String script() {
        List<String> commands = new ArrayList<>();
        add("", program, commands);
        return AT.formatted(commands.stream().map(FishCompletion::quoted).collect(Collectors.joining(" ")))
                + String.join("\n", lines) + "\n";
    }

    private void add(String path, CommandSpec command, List<String> commands) {
        String at = "complete -c kamal-backup -n " + quoted("__kamal_backup_at " + path);
        for (OptionSpec option : command.options()) {
            if (!option.hidden()) {
                lines.add(at + names(option) + value(option) + description(option.description()));
            }
        }
        command.positionalParameters().forEach(parameter -> {
            String candidates = candidates(parameter);
            if (!candidates.isEmpty()) {
                lines.add(at + " -a " + quoted(candidates) + description(parameter.description()));
            }
        });
        command.subcommands().forEach((name, below) -> {
            CommandSpec spec = below.getCommandSpec();
            if (spec.usageMessage().hidden()) {
                return;
            }
            lines.add(at + " -a " + name + description(spec.usageMessage().description()));
            String longer = path.isEmpty() ? name : path + " " + name;
            commands.add(longer);
            add(longer, spec, commands);
        });
    }

    private static String names(OptionSpec option) {
        return List.of(option.names()).stream()
                .map(name -> name.startsWith("--") ? " -l " + name.substring(2) : " -s " + name.substring(1))
                .collect(Collectors.joining());
    }

    private static String value(OptionSpec option) {
        if (option.arity().max() == 0) {
            return "";
        }
        if (Path.class.isAssignableFrom(option.auxiliaryTypes()[0])) {
            return " -r -F";
        }
        String candidates = candidates(option);
        return candidates.isEmpty() ? " -x" : " -x -a " + quoted(candidates);
    }

    private static String candidates(ArgSpec argument) {
        return argument.completionCandidates() == null
                ? ""
                : StreamSupport.stream(argument.completionCandidates().spliterator(), false)
                        .collect(Collectors.joining(" "));
    }

    private static String description(String... text) {
        return text.length == 0 ? "" : " -d " + quoted(firstSentence(String.join(" ", text)));
    }

    /** More does not fit beside a word. */
    private static String firstSentence(String text) {
        int end = text.indexOf(". ");
        return end < 0 ? text.replaceFirst("\\.$", "") : text.substring(0, end);
    }

    private static String quoted(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
