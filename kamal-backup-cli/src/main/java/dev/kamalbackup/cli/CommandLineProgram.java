package dev.kamalbackup.cli;

import dev.kamalbackup.cli.kamal.KamalOptions;
import dev.kamalbackup.error.KamalBackupException;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** Reads the command line, runs the command, and turns whatever happens into an exit code and words. */
final class CommandLineProgram {
    private final Surroundings surroundings;
    private final Signals signals;
    private final Verbs.Opener opener;

    CommandLineProgram(Surroundings surroundings, Signals signals, Verbs.Opener opener) {
        this.surroundings = surroundings;
        this.signals = signals;
        this.opener = opener;
    }

    int run(String... arguments) {
        Session session = new Session(surroundings, signals, opener, wantsJson(List.of(arguments)));
        Failures failures = new Failures(session);
        CommandLine commandLine = commandLine(session);
        commandLine.setExecutionExceptionHandler((failure, at, result) -> failures.report(failure));
        commandLine.setParameterExceptionHandler((problem, given) -> failures.misused(problem));
        commandLine.setExecutionStrategy(result -> execute(session, failures, result));
        try {
            int exitCode = LogLevel.flaw(surroundings.environment())
                    .map(failures::report)
                    .orElseGet(() -> commandLine.execute(arguments));
            return written(exitCode, failures);
        } catch (Throwable error) {
            // Also what no program can do much about: the JVM's own trace would not be redacted.
            return failures.report(error);
        }
    }

    /** Known before the arguments are read, for reading them may fail. */
    private static boolean wantsJson(List<String> arguments) {
        return arguments.stream().takeWhile(argument -> !argument.equals("--")).anyMatch("--json"::equals);
    }

    private static int execute(Session session, Failures failures, CommandLine.ParseResult result) {
        CommandLine.ParseResult last = result;
        boolean help = last.isUsageHelpRequested();
        while (last.hasSubcommand()) {
            last = last.subcommand();
            help |= last.isUsageHelpRequested();
        }
        if (help) {
            HelpCommand.print(session, last.commandSpec().commandLine());
            return 0;
        }
        KamalOptions options = DeploymentOptions.of(result);
        CommandCall call = CommandCall.of(result);
        if (!Whereabouts.isRemote(call, options, session.surroundings())) {
            return new CommandLine.RunLast().execute(result);
        }
        try {
            return RemoteCommands.run(session, call, options);
        } catch (KamalBackupException failure) {
            // Otherwise picocli would print its stack.
            return failures.report(failure);
        }
    }

    /** A result that nobody could receive is no success: the disk may be full. */
    private int written(int exitCode, Failures failures) {
        return surroundings.out().checkError() && exitCode == 0 ? failures.unwritten() : exitCode;
    }

    static CommandLine commandLine(Session session) {
        CommandLine commandLine = new CommandLine(new RootCommand(session));
        commandLine.addSubcommand(new BackupCommand(session));
        commandLine.addSubcommand(new ScheduleCommand(session));
        commandLine.addSubcommand(new StatusCommand(session));
        commandLine.addSubcommand(new ListCommand(session));
        CommandLine restore = new CommandLine(new RestoreCommand());
        restore.addSubcommand(new RestoreLocalCommand(session));
        restore.addSubcommand(new RestoreProductionCommand(session));
        commandLine.addSubcommand("restore", restore);
        CommandLine drill = new CommandLine(new DrillCommand());
        drill.addSubcommand(new DrillLocalCommand(session));
        drill.addSubcommand(new DrillProductionCommand(session));
        commandLine.addSubcommand("drill", drill);
        commandLine.addSubcommand(new DumpCommand(session));
        commandLine.addSubcommand(new PruneCommand(session));
        commandLine.addSubcommand(new CheckCommand(session));
        commandLine.addSubcommand(new UnlockCommand(session));
        commandLine.addSubcommand(new EvidenceCommand(session));
        commandLine.addSubcommand(new ValidateCommand(session));
        commandLine.addSubcommand(new DoctorCommand(session));
        commandLine.addSubcommand(new InitCommand(session));
        commandLine.addSubcommand(new CompletionCommand(session));
        commandLine.addSubcommand(new VersionCommand(session));
        commandLine.addSubcommand(new HelpCommand(session));
        addCommonOptions(commandLine);
        commandLine.setOverwrittenOptionsAllowed(true);
        // Otherwise an argument @FILE would be replaced by what is in the file.
        commandLine.setExpandAtFiles(false);
        commandLine.setUsageHelpAutoWidth(false);
        commandLine.setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF));
        return commandLine;
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
        command.getSubcommands().values().forEach(CommandLineProgram::addCommonOptions);
    }
}
