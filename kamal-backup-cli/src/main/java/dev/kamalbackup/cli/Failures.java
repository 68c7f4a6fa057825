package dev.kamalbackup.cli;

import dev.kamalbackup.error.Fault;
import dev.kamalbackup.error.KamalBackupException;
import dev.kamalbackup.report.Reports;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import picocli.CommandLine;

/** Turns whatever went wrong into words, a document if one is wanted, and an exit code. */
final class Failures {
    private static final int FAILED = 1;
    private static final int USAGE = 2;

    private final Session session;

    Failures(Session session) {
        this.session = session;
    }

    int report(Throwable failure) {
        int exitCode = failure instanceof KamalBackupException known ? known(known) : unexpected(failure);
        if ("1".equals(session.surroundings().environment().get("KAMAL_BACKUP_DEBUG"))) {
            StringWriter text = new StringWriter();
            failure.printStackTrace(new PrintWriter(text));
            session.say(text.toString());
        }
        return exitCode;
    }

    /** The command line cannot be followed. */
    int misused(CommandLine.ParameterException problem) {
        String reason = reason(problem);
        String hint = hint(problem);
        if (session.json()) {
            session.print(Reports.error(new Fault("read the command line", "", reason, hint), USAGE));
        }
        session.say("kamal-backup: " + reason);
        session.say("  next: " + hint);
        return USAGE;
    }

    /** The result could not be printed. */
    int unwritten() {
        session.say("kamal-backup: cannot print the result (standard output): it could not be written");
        session.say("  next: what was asked for was done; see where standard output leads to, and whether it is full");
        return FAILED;
    }

    private int known(KamalBackupException failure) {
        if (session.json()) {
            session.print(Reports.error(failure));
        }
        failure.lines().forEach(line -> session.say((line.startsWith("next: ") ? "  " : "kamal-backup: ") + line));
        return failure.exitCode();
    }

    private int unexpected(Throwable failure) {
        String what = failure.getClass().getSimpleName() + ": " + failure.getMessage();
        String hint = "please report it, with what KAMAL_BACKUP_DEBUG=1 prints";
        if (session.json()) {
            session.print(Reports.error(new Fault("run the command", "", what, hint), FAILED));
        }
        session.say("kamal-backup: something went wrong that should not: " + what);
        session.say("  next: " + hint);
        return FAILED;
    }

    private static String reason(CommandLine.ParameterException problem) {
        if (!(problem instanceof CommandLine.UnmatchedArgumentException unmatched)) {
            return String.valueOf(problem.getMessage());
        }
        String first = unmatched.getUnmatched().get(0);
        String kind = unmatched.isUnknownOption()
                ? "unknown option "
                : wantsCommand(unmatched) ? "unknown command " : "unexpected argument ";
        return kind + "\"" + first + "\"";
    }

    private static String hint(CommandLine.ParameterException problem) {
        String help = "see " + problem.getCommandLine().getCommandSpec().qualifiedName() + " --help";
        if (!(problem instanceof CommandLine.UnmatchedArgumentException unmatched)) {
            return help;
        }
        List<String> near = unmatched.getSuggestions();
        if (!near.isEmpty()) {
            return "did you mean " + String.join(", or ", near) + "? Otherwise " + help;
        }
        return wantsCommand(unmatched)
                ? "use one of "
                        + String.join(
                                ", ",
                                unmatched.getCommandLine().getSubcommands().keySet()) + "; " + help
                : help;
    }

    private static boolean wantsCommand(CommandLine.UnmatchedArgumentException unmatched) {
        return !unmatched.isUnknownOption()
                && !unmatched.getCommandLine().getSubcommands().isEmpty();
    }
}
