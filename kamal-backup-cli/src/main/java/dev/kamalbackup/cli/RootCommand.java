package dev.kamalbackup.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The program itself: shows its commands. */
@Command(
        name = "kamal-backup",
        description = "Backups you can prove, for apps deployed with Kamal.",
        subcommands = {})
final class RootCommand implements Callable<Integer> {
    private final Session session;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Option(
            names = {"-v", "--version"},
            description = "Show the version.")
    private boolean version;

    RootCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        if (version) {
            return new VersionCommand(session).call();
        }
        session.print(spec.commandLine().getUsageMessage().stripTrailing());
        return 0;
    }
}
