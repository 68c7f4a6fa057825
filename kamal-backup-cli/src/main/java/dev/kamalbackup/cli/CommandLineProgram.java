package dev.kamalbackup.cli;

import dev.kamalbackup.cli.kamal.KamalOptions;
import dev.kamalbackup.error.KamalBackupException;
import java.util.List;
import picocli.CommandLine;

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
        CommandLine commandLine = CommandTree.reachedBy(List.of(arguments), session);
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
        session.mean(options);
        CommandCall call = CommandCall.of(result);
        boolean remote = Whereabouts.isRemote(call, options, session.surroundings());
        try {
            if (remote) {
                return RemoteCommands.run(session, call);
            }
            if (options.namesDeployment() && Whereabouts.takesBackupsFromThere(call)) {
                session.takeBackupsOf(Bridge.open(session).environment());
            }
        } catch (KamalBackupException failure) {
            // Otherwise picocli would print its stack.
            return failures.report(failure);
        }
        return new CommandLine.RunLast().execute(result);
    }

    /** A result that nobody could receive is no success: the disk may be full. */
    private int written(int exitCode, Failures failures) {
        return surroundings.out().checkError() && exitCode == 0 ? failures.unwritten() : exitCode;
    }
}
