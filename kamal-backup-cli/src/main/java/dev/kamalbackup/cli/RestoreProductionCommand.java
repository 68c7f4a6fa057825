package dev.kamalbackup.cli;

import dev.kamalbackup.error.Fault;
import dev.kamalbackup.error.RestoreException;
import dev.kamalbackup.restore.RestoreRequest;
import dev.kamalbackup.restore.RestoreScope;
import dev.kamalbackup.restore.RestoreTask;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Restores a run into the app's own databases and files. */
@Command(
        name = "production",
        description = "Restore a run into production: the databases and files that are backed up here.",
        footer = {"", "Runs in the accessory. What is replaced is backed up first, so that it can be undone."})
final class RestoreProductionCommand implements Callable<Integer> {
    private final Session session;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Mixin
    private final RunSelection selection = new RunSelection();

    @Mixin
    private final RestoreManner manner = new RestoreManner();

    @Option(names = "--confirm-production-restore", description = "Do not ask, although this is production.")
    private boolean confirmed;

    @Option(
            names = {"-y", "--yes"},
            hidden = true,
            description = "Is not enough for this.")
    private boolean yes;

    RestoreProductionCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        RestoreRequest request = manner.of(selection.request(RestoreScope.PRODUCTION));
        refuseCheckout();
        RestoreDialogue dialogue = new RestoreDialogue(session);
        try (Verbs verbs = manner.dryRun() ? session.open() : openToRestore()) {
            if (manner.dryRun()) {
                dialogue.showDry(verbs.planRestore(request));
                return 0;
            }
            dialogue.restore(verbs, request, this::agreed);
            return 0;
        }
    }

    /** What cannot be confirmed need not be planned. */
    private Verbs openToRestore() {
        if (!confirmed) {
            RestoreConfirmation.refuseUnaskable(session, yes, this::misuse);
        }
        return session.open();
    }

    private boolean agreed(RestoreTask task) {
        String app = task.run().snapshots().get(0).tags().value("app").orElseThrow();
        return confirmed
                || RestoreConfirmation.isGiven(
                        session, app, "Restore run " + task.run().id() + " now? [y/N] ");
    }

    /** On a laptop the configured targets may well be production's, reached from the wrong place. */
    private void refuseCheckout() {
        Path deploy = session.surroundings().workingFolder().resolve("config/deploy.yml");
        if (Files.exists(deploy)) {
            throw new RestoreException(new Fault(
                    "restore production",
                    deploy.toString(),
                    "this is an app's checkout, not the accessory; nothing was changed",
                    "unset KAMAL_BACKUP_CONFIG, and this goes to the accessory; or name one with -c or -d"));
        }
    }

    private CommandLine.ParameterException misuse(String reason) {
        return new CommandLine.ParameterException(spec.commandLine(), reason);
    }
}
