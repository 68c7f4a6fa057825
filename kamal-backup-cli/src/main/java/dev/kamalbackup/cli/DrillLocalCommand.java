package dev.kamalbackup.cli;

import dev.kamalbackup.drill.DrillRequest;
import dev.kamalbackup.drill.ScratchPlaces;
import dev.kamalbackup.restore.RestoreRequest;
import dev.kamalbackup.restore.RestoreScope;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Drills on this machine: a restore of its databases and files, and a look at them. */
@Command(
        name = "local",
        description = "Restore a run into this machine's databases and files, and look at what came of it.",
        footer = {"", "Whatever looks like production is refused. Exit code 1 unless the drill passed."})
final class DrillLocalCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private final RunSelection selection = new RunSelection();

    @Mixin
    private final DrillChecks checks = new DrillChecks();

    @Mixin
    private final YesOrNo confirmation = new YesOrNo();

    @Option(
            names = "--no-safety-backup",
            description = "Do not back up first what is replaced: there is no way back then.")
    private boolean noSafetyBackup;

    DrillLocalCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        RestoreRequest restore = selection.request(RestoreScope.LOCAL);
        DrillRequest request = checks.request(
                noSafetyBackup ? restore.withoutSafetyBackup() : restore, ScratchPlaces.standard(), true);
        DrillDialogue dialogue = new DrillDialogue(session);
        try (Verbs verbs = session.open()) {
            if (checks.dryRun()) {
                dialogue.showDry(verbs.planDrill(request));
                return 0;
            }
            return dialogue.drill(verbs, request, task -> confirmation.agreed(session, "Replace them?"));
        }
    }
}
