package dev.kamalbackup.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Writes the program's manual page: one page for all commands, in the macros of man(7). */
final class ManualPage {
    private final CommandSpec program;
    private final String version;
    private final List<String> lines = new ArrayList<>();

    ManualPage(CommandSpec program, String version) {
        this.program = program;
        this.version = version;
    }

    String text() {
        String name = program.name();
        // No date: the same sources give the same page.
        lines.add(".TH \"" + name.toUpperCase(Locale.ROOT) + "\" \"1\" \"\" \"" + name + " " + version + "\"");
        section("NAME");
        lines.add(escaped(name) + " \\- " + escaped(sentence(program)));
        section("SYNOPSIS");
        lines.add("\\fB" + escaped(name) + "\\fR [\\fIoptions\\fR] \\fIcommand\\fR [\\fIarguments\\fR]");
        section("OPTIONS");
        options(program);
        section("COMMANDS");
        program.subcommands().forEach((word, below) -> command(word, below.getCommandSpec()));
        section("NOTES");
        for (String line : program.usageMessage().footer()) {
            lines.add(line.isBlank() ? ".PP" : escaped(line));
        }
        return String.join("\n", lines).replaceFirst("(\\.SH \"NOTES\")\n\\.PP", "$1") + "\n";
    }

    private void section(String title) {
        lines.add(".SH \"" + title + "\"");
    }

    private void command(String path, CommandSpec command) {
        if (command.usageMessage().hidden()) {
            return;
        }
        if (command.subcommands().isEmpty()) {
            String parameters = command.positionalParameters().stream()
                    .map(ManualPage::parameter)
                    .collect(Collectors.joining());
            lines.add(".SS \"" + escaped(path) + parameters + "\"");
            lines.add(escaped(sentence(command)));
            for (PositionalParamSpec parameter : command.positionalParameters()) {
                item("\\fI" + escaped(parameter.paramLabel()) + "\\fR", parameter.description());
            }
            String notes = String.join(" ", command.usageMessage().footer()).strip();
            if (!notes.isEmpty()) {
                lines.add(".PP");
                lines.add(escaped(notes));
            }
            options(command);
        }
        command.subcommands().forEach((word, below) -> command(path + " " + word, below.getCommandSpec()));
    }

    private static String parameter(PositionalParamSpec parameter) {
        String label = "\\fI" + escaped(parameter.paramLabel()) + "\\fR";
        return parameter.arity().min() == 0 ? " [" + label + "]" : " " + label;
    }

    private void options(CommandSpec command) {
        for (OptionSpec option : command.options()) {
            // The same for every command: told once, at the top.
            boolean told = command != program && program.optionsMap().containsKey(option.longestName());
            if (!option.hidden() && !told) {
                String names = List.of(option.names()).stream()
                        .map(name -> "\\fB" + escaped(name) + "\\fR")
                        .collect(Collectors.joining(", "));
                String value = option.arity().max() == 0 ? "" : " \\fI" + escaped(option.paramLabel()) + "\\fR";
                item(names + value, option.description());
            }
        }
    }

    private void item(String head, String... description) {
        lines.add(".TP");
        lines.add(head);
        lines.add(escaped(String.join(" ", description)));
    }

    private static String sentence(CommandSpec command) {
        return String.join(" ", command.usageMessage().description());
    }

    /** Nothing in the text is taken for a request, an escape, or a typographic hyphen. */
    private static String escaped(String text) {
        String plain = text.replace("\\", "\\e")
                .replace("-", "\\-")
                .replace("\"", "\\(dq")
                .replace("'", "\\(aq");
        return plain.startsWith(".") ? "\\&" + plain : plain;
    }
}
