package dev.kamalbackup.cli;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** The program's commands, as picocli knows them. */
final class CommandTree {
    private static final Map<String, Function<Session, CommandLine>> COMMANDS = commands();

    private CommandTree() {}

    /** All of them. */
    static CommandLine whole(Session session) {
        return with(session, COMMANDS);
    }

    /**
     * What these arguments can reach. If they begin with a command there is only that one: reading what the annotations of
     * all of them say takes longer than all else that {@code version} does.
     */
    static CommandLine reachedBy(List<String> arguments, Session session) {
        String first = arguments.isEmpty() ? "" : arguments.get(0);
        return with(session, COMMANDS.containsKey(first) ? Map.of(first, COMMANDS.get(first)) : COMMANDS);
    }

    private static Map<String, Function<Session, CommandLine>> commands() {
        // The order is that of the help.
        Map<String, Function<Session, CommandLine>> commands = new LinkedHashMap<>();
        commands.put("backup", session -> new CommandLine(new BackupCommand(session)));
        commands.put("schedule", session -> new CommandLine(new ScheduleCommand(session)));
        commands.put("status", session -> new CommandLine(new StatusCommand(session)));
        commands.put("list", session -> new CommandLine(new ListCommand(session)));
        commands.put(
                "restore",
                session -> new CommandLine(new RestoreCommand())
                        .addSubcommand(new RestoreLocalCommand(session))
                        .addSubcommand(new RestoreProductionCommand(session)));
        commands.put(
                "drill",
                session -> new CommandLine(new DrillCommand())
                        .addSubcommand(new DrillLocalCommand(session))
                        .addSubcommand(new DrillProductionCommand(session)));
        commands.put("dump", session -> new CommandLine(new DumpCommand(session)));
        commands.put("prune", session -> new CommandLine(new PruneCommand(session)));
        commands.put("check", session -> new CommandLine(new CheckCommand(session)));
        commands.put("unlock", session -> new CommandLine(new UnlockCommand(session)));
        commands.put("evidence", session -> new CommandLine(new EvidenceCommand(session)));
        commands.put("validate", session -> new CommandLine(new ValidateCommand(session)));
        commands.put("doctor", session -> new CommandLine(new DoctorCommand(session)));
        commands.put("init", session -> new CommandLine(new InitCommand(session)));
        commands.put("completion", session -> new CommandLine(new CompletionCommand(session)));
        commands.put("version", session -> new CommandLine(new VersionCommand(session)));
        commands.put("help", session -> new CommandLine(new HelpCommand(session)));
        return Collections.unmodifiableMap(commands);
    }

    private static CommandLine with(Session session, Map<String, Function<Session, CommandLine>> commands) {
        CommandLine root = new CommandLine(new RootCommand(session));
        commands.forEach((name, command) -> root.addSubcommand(name, command.apply(session)));
        addCommonOptions(root);
        root.setOverwrittenOptionsAllowed(true);
        // Otherwise an argument @FILE would be replaced by what is in the file.
        root.setExpandAtFiles(false);
        root.setUsageHelpAutoWidth(false);
        root.setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF));
        return root;
    }

    private static void addCommonOptions(CommandLine command) {
        command.getCommandSpec()
                .addOption(OptionSpec.builder("--help")
                        .usageHelp(true)
                        .description("Show this help.")
                        .build())
                .addOption(OptionSpec.builder("--json")
                        .type(boolean.class)
                        .description("Print one JSON document (docs/json.md).")
                        .build());
        DeploymentOptions.addTo(command.getCommandSpec());
        command.getSubcommands().values().forEach(CommandTree::addCommonOptions);
    }
}
