package dev.kamalbackup.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** A command as it was called, without the options that choose the accessory; it can be called elsewhere, or differently. */
final class CommandCall {
    private final String words;
    private final List<String> positionals;
    private final Map<String, List<String>> options;
    private final CommandLine command;

    private CommandCall(
            String words, List<String> positionals, Map<String, List<String>> options, CommandLine command) {
        this.words = words;
        this.positionals = positionals;
        this.options = options;
        this.command = command;
    }

    static CommandCall of(ParseResult result) {
        List<ParseResult> levels = DeploymentOptions.levels(result);
        List<String> positionals = new ArrayList<>();
        Map<String, List<String>> options = new LinkedHashMap<>();
        for (ParseResult level : levels) {
            for (ArgSpec given : level.matchedArgs()) {
                if (given instanceof OptionSpec option) {
                    if (!DeploymentOptions.isOne(option)) {
                        options.put(option.longestName(), values(option));
                    }
                } else {
                    positionals.addAll(given.originalStringValues());
                }
            }
        }
        String words =
                levels.stream().skip(1).map(level -> level.commandSpec().name()).collect(Collectors.joining(" "));
        CommandLine command = levels.get(levels.size() - 1).commandSpec().commandLine();
        return new CommandCall(words, List.copyOf(positionals), options, command);
    }

    private static List<String> values(OptionSpec option) {
        return option.arity().max() == 0 ? List.of() : List.copyOf(option.originalStringValues());
    }

    /** The command: {@code restore production}. */
    String words() {
        return words;
    }

    boolean has(String option) {
        return options.containsKey(option);
    }

    /** The option's last value. */
    String value(String option, String otherwise) {
        List<String> values = options.getOrDefault(option, List.of());
        return values.isEmpty() ? otherwise : values.get(values.size() - 1);
    }

    /** The same with one more option, which takes no value. */
    CommandCall with(String option) {
        return with(option, List.of());
    }

    /** The same with the option having just this value. */
    CommandCall with(String option, String value) {
        return with(option, List.of(value));
    }

    private CommandCall with(String option, List<String> values) {
        Map<String, List<String>> more = new LinkedHashMap<>(options);
        more.put(option, values);
        return new CommandCall(words, positionals, more, command);
    }

    CommandCall without(String option) {
        Map<String, List<String>> fewer = new LinkedHashMap<>(options);
        fewer.remove(option);
        return new CommandCall(words, positionals, fewer, command);
    }

    /** The same with this for its only operand, if it has none. */
    CommandCall withDefaultOperand(String operand) {
        return positionals.isEmpty() ? withOperand(operand) : this;
    }

    /** The same with this for its only operand. */
    CommandCall withOperand(String operand) {
        return new CommandCall(words, List.of(operand), options, command);
    }

    /** The same with these options before all others, in this order. */
    CommandCall optionsFirst(List<String> names) {
        Map<String, List<String>> sorted = new LinkedHashMap<>();
        names.stream().filter(options::containsKey).forEach(name -> sorted.put(name, options.get(name)));
        options.forEach(sorted::putIfAbsent);
        return new CommandCall(words, positionals, sorted, command);
    }

    /** The arguments that make the same call. */
    List<String> arguments() {
        List<String> arguments = new ArrayList<>(List.of(words.split(" ")));
        // After an end of options nothing but operands may stand.
        boolean last = positionals.stream().anyMatch(operand -> operand.startsWith("-"));
        if (!last) {
            arguments.addAll(positionals);
        }
        options.forEach((name, values) -> {
            if (values.isEmpty()) {
                arguments.add(name);
            }
            for (String value : values) {
                // Before a value like an option, an option would be found without one.
                arguments.addAll(
                        value.startsWith("-") || value.isEmpty() ? List.of(name + "=" + value) : List.of(name, value));
            }
        });
        if (last) {
            arguments.add("--");
            arguments.addAll(positionals);
        }
        return List.copyOf(arguments);
    }

    CommandLine.ParameterException misuse(String reason) {
        return new CommandLine.ParameterException(command, reason);
    }
}
