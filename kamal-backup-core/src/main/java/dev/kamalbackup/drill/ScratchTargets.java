package dev.kamalbackup.drill;

import dev.kamalbackup.error.Fault;
import dev.kamalbackup.error.KamalBackupException;
import dev.kamalbackup.error.RestoreException;
import dev.kamalbackup.plan.CommandStep;
import dev.kamalbackup.plan.ScratchPlan;
import dev.kamalbackup.process.Cancellation;
import dev.kamalbackup.restore.Equipment;
import dev.kamalbackup.run.StepRunner;
import dev.kamalbackup.state.FileTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The scratch places of a drill: made before it, and removed after it, whatever became of it. */
final class ScratchTargets {
    private final Equipment equipment;
    private final DrillTask task;
    private final List<String> made = new ArrayList<>();

    ScratchTargets(Equipment equipment, DrillTask task) {
        this.equipment = equipment;
        this.task = task;
    }

    /** Makes them, empty of what an earlier drill may have left. */
    void prepare(Cancellation cancellation) {
        for (Map.Entry<String, ScratchPlan> scratch : task.scratch().entrySet()) {
            made.add(scratch.getKey());
            remove(scratch.getValue().files());
            Optional<Path> folder =
                    scratch.getValue().files().stream().findFirst().map(Path::getParent);
            if (folder.isPresent()) {
                create(folder.get());
            }
            runAll(
                    "make the scratch database for " + scratch.getKey(),
                    scratch.getValue().create(),
                    cancellation);
        }
        folder().ifPresent(ScratchFolder::prepare);
    }

    /** Removes what was made; what that could not be done with, and why. */
    List<String> remove() {
        List<String> left = new ArrayList<>();
        // Not the cancellation of the drill: an interrupted one must clear away, too.
        Cancellation ownWork = new Cancellation();
        for (String database : made) {
            ScratchPlan scratch = task.scratch().get(database);
            if (scratch != null) {
                attempt(left, () -> {
                    runAll("remove the scratch database for " + database, scratch.drop(), ownWork);
                    remove(scratch.files());
                });
            }
        }
        if (!made.isEmpty() || !task.restore().files().isEmpty()) {
            folder().ifPresent(folder -> attempt(left, folder::empty));
        }
        return left;
    }

    private Optional<ScratchFolder> folder() {
        boolean scratch = task.request().restore().scope() == dev.kamalbackup.restore.RestoreScope.PRODUCTION;
        return scratch && !task.restore().files().isEmpty()
                ? Optional.of(ScratchFolder.of(task.request().places().files(), equipment.settings()))
                : Optional.empty();
    }

    private void runAll(String operation, List<CommandStep> steps, Cancellation cancellation) {
        StepRunner runner = new StepRunner(equipment.launcher());
        for (CommandStep step : steps) {
            runner.run(step, cancellation).ifPresent(flaw -> {
                throw new RestoreException(
                        new Fault(operation, "", "could not " + step.name() + ": " + flaw, step.hint()));
            });
        }
    }

    private static void create(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException failed) {
            throw new RestoreException(
                    new Fault(
                            "make the folder of the scratch database",
                            folder.toString(),
                            String.valueOf(failed.getMessage()),
                            "let this user write there, or name another place: --sqlite-path"),
                    failed);
        }
    }

    private static void remove(List<Path> files) {
        for (Path file : files) {
            try {
                FileTree.remove(file);
            } catch (IOException failed) {
                throw new RestoreException(
                        new Fault(
                                "remove a scratch database",
                                file.toString(),
                                String.valueOf(failed.getMessage()),
                                "remove it by hand: it holds what was restored"),
                        failed);
            }
        }
    }

    private static void attempt(List<String> left, Runnable work) {
        try {
            work.run();
        } catch (KamalBackupException failed) {
            left.add(failed.fault().full());
        }
    }
}
