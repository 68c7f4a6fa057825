package dev.kamalbackup.cli;

import dev.kamalbackup.drill.DrillRequest;
import dev.kamalbackup.drill.ScratchPlaces;
import dev.kamalbackup.restore.RestoreScope;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Drills beside production: a restore to scratch places, a look at them, and away with them. */
@Command(
        name = "production",
        description = "Restore a run beside production into scratch databases and files, look at them, remove them.",
        footer = {"", "Production's own data are not touched. Exit code 1 unless the drill passed."})
final class DrillProductionCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private final RunSelection selection = new RunSelection();

    @Mixin
    private final DrillChecks checks = new DrillChecks();

    @Mixin
    private final YesOrNo confirmation = new YesOrNo();

    @Option(
            names = "--database",
            paramLabel = "NAME",
            description = "The scratch database; with several databases NAME_ and the name of each (default:"
                    + " kamal_backup_drill_ and the name). It is created where the role may, else it must be there.")
    private @Nullable String database;

    @Option(
            names = "--sqlite-path",
            paramLabel = "PATH",
            description = "The scratch file of a SQLite database; with several databases the folder for them (default:"
                    + " the folder databases beside --files).")
    private @Nullable Path sqlitePath;

    @Option(
            names = "--files",
            paramLabel = "FOLDER",
            description = "The scratch folder for files (default: /restore/files). It is emptied.")
    private Path files = ScratchPlaces.FILES;

    @Option(names = "--keep", description = "Leave the scratch databases and files as they are afterwards.")
    private boolean keep;

    DrillProductionCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        ScratchPlaces places = new ScratchPlaces(
                Optional.ofNullable(database).filter(name -> !name.isBlank()),
                Optional.ofNullable(sqlitePath).map(this::inWorkingFolder),
                inWorkingFolder(files));
        DrillRequest request = checks.request(selection.request(RestoreScope.PRODUCTION), places, keep);
        DrillDialogue dialogue = new DrillDialogue(session);
        try (Verbs verbs = session.open()) {
            if (checks.dryRun()) {
                dialogue.showDry(verbs.planDrill(request));
                return 0;
            }
            return dialogue.drill(
                    verbs, request, task -> confirmation.agreed(session, "Restore it to these scratch places?"));
        }
    }

    private Path inWorkingFolder(Path path) {
        return session.surroundings().workingFolder().resolve(path);
    }
}
