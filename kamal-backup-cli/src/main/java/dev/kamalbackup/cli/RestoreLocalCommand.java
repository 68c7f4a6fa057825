package dev.kamalbackup.cli;

import dev.kamalbackup.restore.RestoreRequest;
import dev.kamalbackup.restore.RestoreScope;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Restores a run onto this machine. */
@Command(
        name = "local",
        description = "Restore a run into this machine's databases and files.",
        footer = {"", "Whatever looks like production is refused."})
final class RestoreLocalCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private final RunSelection selection = new RunSelection();

    @Mixin
    private final RestoreManner manner = new RestoreManner();

    @Mixin
    private final YesOrNo confirmation = new YesOrNo();

    RestoreLocalCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        RestoreRequest request = manner.of(selection.request(RestoreScope.LOCAL));
        RestoreDialogue dialogue = new RestoreDialogue(session);
        try (Verbs verbs = session.open()) {
            if (manner.dryRun()) {
                dialogue.showDry(verbs.planRestore(request));
                return 0;
            }
            dialogue.restore(verbs, request, task -> confirmation.agreed(session, "Replace them?"));
            return 0;
        }
    }
}
