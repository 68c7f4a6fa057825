package dev.kamalbackup.cli;

import dev.kamalbackup.KamalBackup;
import dev.kamalbackup.report.Reports;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Shows the version. */
@Command(name = "version", description = "Show the version.")
final class VersionCommand implements Callable<Integer> {
    private final Session session;

    VersionCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        if (session.json()) {
            session.print(
                    Reports.version(KamalBackup.version(), Runtime.version().toString()));
        } else {
            session.print(KamalBackup.version());
        }
        return 0;
    }
}
