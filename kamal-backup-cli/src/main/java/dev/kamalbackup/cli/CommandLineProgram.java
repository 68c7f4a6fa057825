package dev.kamalbackup.cli;

import dev.kamalbackup.error.Fault;
import dev.kamalbackup.error.KamalBackupException;
import dev.kamalbackup.redact.Redactor;
import dev.kamalbackup.report.Reports;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import picocli.CommandLine;

/** Reads the command line, runs the command, and turns whatever happens into an exit code and words. */
final class CommandLineProgram {
    private static final int USAGE = 2;

    private final Surroundings surroundings;
    private final Signals signals;
    private Redactor redactor;

    CommandLineProgram(Surroundings surroundings, Signals signals) {
        this.surroundings = surroundings;
        this.signals = signals;
        // Until the settings are read, what the environment tells must do.
        this.redactor = Redactor.knowing(List.of(), surroundings.environment());
    }

    int run(String... arguments) {
        boolean json = List.of(arguments).contains("--json");
        Session session = new Session(surroundings, signals, json, known -> redactor = known);
        CommandLine commandLine = commandLine(session);
        commandLine.setExecutionExceptionHandler((failure, at, result) -> failed(session, failure));
        commandLine.setParameterExceptionHandler((problem, given) -> misused(session, problem));
        return commandLine.execute(arguments);
    }

    static CommandLine commandLine(Session session) {
        CommandLine commandLine = new CommandLine(new RootCommand(session));
        commandLine.addSubcommand(new BackupCommand(session));
        commandLine.addSubcommand(new ListCommand(session));
        CommandLine restore = new CommandLine(new RestoreCommand());
        restore.addSubcommand(new RestoreLocalCommand(session));
        commandLine.addSubcommand("restore", restore);
        commandLine.addSubcommand(new VersionCommand(session));
        commandLine.addSubcommand(new HelpCommand(session));
        addHelp(commandLine);
        Surroundings surroundings = session.surroundings();
        commandLine.setOut(new PrintWriter(surroundings.out(), true, StandardCharsets.UTF_8));
        commandLine.setErr(new PrintWriter(surroundings.err(), true, StandardCharsets.UTF_8));
        commandLine.setUsageHelpAutoWidth(false);
        commandLine.setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF));
        return commandLine;
    }

    private static void addHelp(CommandLine command) {
        command.getCommandSpec()
                .addOption(CommandLine.Model.OptionSpec.builder("--help")
                        .usageHelp(true)
                        .description("Show this help.")
                        .build());
        command.getSubcommands().values().forEach(CommandLineProgram::addHelp);
    }

    private int failed(Session session, Exception failure) {
        if (failure instanceof KamalBackupException known) {
            if (session.json()) {
                session.print(Reports.error(known));
            }
            List<String> lines = known.lines();
            lines.forEach(
                    line -> session.say((line.startsWith("next: ") ? "  " : "kamal-backup: ") + redactor.redact(line)));
            trace(session, failure);
            return known.exitCode();
        }
        String what = redactor.redact(failure.getClass().getSimpleName() + ": " + failure.getMessage());
        if (session.json()) {
            session.print(Reports.error(new Fault("run the command", "", what, "please report this"), 1));
        }
        session.say("kamal-backup: something went wrong that should not: " + what);
        session.say("  next: please report it, with what KAMAL_BACKUP_DEBUG=1 prints");
        trace(session, failure);
        return 1;
    }

    private void trace(Session session, Exception failure) {
        if ("1".equals(surroundings.environment().get("KAMAL_BACKUP_DEBUG"))) {
            StringWriter text = new StringWriter();
            failure.printStackTrace(new PrintWriter(text));
            session.say(redactor.redact(text.toString()));
        }
    }

    private int misused(Session session, CommandLine.ParameterException problem) {
        if (session.json()) {
            session.print(Reports.error(
                    new Fault("read the command line", "", String.valueOf(problem.getMessage()), "see --help"), USAGE));
        }
        session.say("kamal-backup: " + redactor.redact(String.valueOf(problem.getMessage())));
        List<String> near = problem instanceof CommandLine.UnmatchedArgumentException unmatched
                ? unmatched.getSuggestions()
                : List.of();
        if (!near.isEmpty()) {
            session.say("  did you mean: " + String.join(", ", near) + "?");
        }
        session.say("  next: see " + problem.getCommandLine().getCommandSpec().qualifiedName() + " --help");
        return USAGE;
    }
}
