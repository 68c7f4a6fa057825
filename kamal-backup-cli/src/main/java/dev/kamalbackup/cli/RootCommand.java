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
        footer = {
            "",
            "Settings come from config/kamal-backup.yml, or the file that KAMAL_BACKUP_CONFIG",
            "names, and from the environment. Results go to standard output, everything",
            "else to standard error.",
            "",
            "Exit codes: 0 done, or nothing due; 1 failed; 2 usage or configuration;",
            "10 no repository; 11 repository locked; 12 wrong password; 130 and 143 interrupted."
        })
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
        HelpCommand.print(session, spec.commandLine());
        return 0;
    }
}
