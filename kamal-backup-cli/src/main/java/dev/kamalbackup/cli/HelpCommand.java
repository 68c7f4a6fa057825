package dev.kamalbackup.cli;

import dev.kamalbackup.report.Reports;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Shows the help of a command. */
@Command(name = "help", description = "Show the help of a command.")
final class HelpCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "COMMAND", arity = "0..*", description = "The command, as in: restore local.")
    private List<String> words = new ArrayList<>();

    HelpCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        CommandLine command = CommandTree.whole(session);
        for (String word : words) {
            CommandLine below = command.getSubcommands().get(word);
            if (below == null) {
                throw new CommandLine.UnmatchedArgumentException(command, List.of(word));
            }
            command = below;
        }
        print(session, command);
        return 0;
    }

    static void print(Session session, CommandLine command) {
        String text = command.getUsageMessage().stripTrailing();
        if (session.json()) {
            session.print(Reports.help(command.getCommandSpec().qualifiedName(), text));
        } else {
            session.print(text);
        }
    }
}
