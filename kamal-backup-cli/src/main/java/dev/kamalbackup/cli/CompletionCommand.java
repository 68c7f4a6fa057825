package dev.kamalbackup.cli;

import dev.kamalbackup.report.Reports;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Prints what a shell has to read to complete this program's words. */
@Command(name = "completion", description = "Print what bash, zsh or fish reads to complete commands and options.")
final class CompletionCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "SHELL", description = "bash, zsh or fish.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CompletionShell shell;

    CompletionCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        String script = shell.script(CommandTree.whole(session));
        if (session.json()) {
            session.print(Reports.completion(shell.name(), script));
        } else {
            session.surroundings().out().print(script);
        }
        return 0;
    }
}
