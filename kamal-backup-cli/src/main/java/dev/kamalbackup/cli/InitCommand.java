package dev.kamalbackup.cli;

import dev.kamalbackup.checkout.Initializer;
import dev.kamalbackup.report.Reports;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Begins a configuration. */
@Command(
        name = "init",
        description = "Write config/kamal-backup.yml for this app if there is none, and print the accessory's block.")
final class InitCommand implements Callable<Integer> {
    private final Session session;

    InitCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        Initializer.Result result = new Initializer(session.surroundings().workingFolder()).run();
        if (session.json()) {
            session.print(Reports.of(result));
            return 0;
        }
        session.say((result.created() ? "Created: " : "Exists: ") + result.file());
        session.say(
                "Put this into config/deploy.yml (image, host and volumes as they are with you), and the secrets into"
                        + " .kamal/secrets:");
        session.print(result.accessory().stripTrailing());
        session.say("Then: kamal-backup validate; kamal accessory boot NAME; and the first backup.");
        return 0;
    }
}
