package dev.kamalbackup.drill;

import dev.kamalbackup.config.DatabaseSettings;
import dev.kamalbackup.error.CancelledException;
import dev.kamalbackup.error.KamalBackupException;
import dev.kamalbackup.process.Cancellation;
import dev.kamalbackup.process.ChildEnvironment;
import dev.kamalbackup.process.Command;
import dev.kamalbackup.process.CommandOutput;
import dev.kamalbackup.redact.Secret;
import dev.kamalbackup.restore.Equipment;
import dev.kamalbackup.restore.RestoreScope;
import dev.kamalbackup.restore.RestoreTask;
import dev.kamalbackup.tag.Names;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Runs the shell command that a person gave as the last check. It sees where the restored data are, and nothing of the
 * repository's or the live databases' secrets.
 */
final class CheckCommand {
    private static final Duration LONGEST = Duration.ofHours(1);
    private static final int MOST_OUTPUT = 4_000;

    private final Equipment equipment;

    CheckCommand(Equipment equipment) {
        this.equipment = equipment;
    }

    CheckOutcome run(String command, DrillTask task, Path scratch, Cancellation cancellation) {
        String shown = equipment.redactor().redact(command);
        Command shell = new Command("/bin/sh", List.of("-lc", command), environment(task, scratch, cancellation));
        try {
            CommandOutput output = equipment.launcher().run(shell, LONGEST, cancellation);
            String said = (output.stdout().isBlank() ? output.stderr() : output.stdout()).strip();
            String told = shortened(equipment.redactor().redact(said));
            return new CheckOutcome(
                    shown,
                    output.succeeded(),
                    output.succeeded() ? told : ("ended with exit code " + output.exitCode() + "\n" + told).strip());
        } catch (CancelledException stopped) {
            throw stopped;
        } catch (KamalBackupException notEnded) {
            return new CheckOutcome(shown, false, notEnded.fault().reason());
        }
    }

    private ChildEnvironment environment(DrillTask task, Path scratch, Cancellation cancellation) {
        ChildEnvironment environment = ChildEnvironment.basics(equipment.environment())
                .with(
                        "KAMAL_BACKUP_DRILL_SCOPE",
                        task.request().restore().scope().word())
                .with("KAMAL_BACKUP_DRILL_RUN", task.restore().run().id().toString());
        Optional<Path> files = files(task);
        if (files.isPresent()) {
            environment =
                    environment.with("KAMAL_BACKUP_DRILL_FILES", files.get().toString());
        }
        boolean first = true;
        for (RestoreTask.DatabaseTarget target : task.restore().databases()) {
            Optional<DatabaseSettings> database = task.databases().stream()
                    .filter(known -> known.name().equals(target.database()))
                    .findFirst();
            if (database.isPresent()) {
                Path folder = scratch.resolve(Names.sanitize(target.database()));
                Secret url =
                        equipment.adapter(database.get()).url(database.get(), equipment.context(folder, cancellation));
                // As Rails calls them with several databases.
                environment = environment.with(variable(target.database()) + "_DATABASE_URL", url);
                if (first) {
                    environment = environment.with("DATABASE_URL", url);
                    first = false;
                }
            }
        }
        return environment;
    }

    private static Optional<Path> files(DrillTask task) {
        if (task.restore().files().isEmpty()) {
            return Optional.empty();
        }
        return task.request().restore().scope() == RestoreScope.LOCAL
                ? Optional.of(task.restore().files().get(0).target())
                : Optional.of(task.request().places().files());
    }

    private static String variable(String database) {
        return database.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]+", "_");
    }

    private static String shortened(String text) {
        return text.length() <= MOST_OUTPUT
                ? text
                : text.substring(0, MOST_OUTPUT / 2) + "\n…\n" + text.substring(text.length() - MOST_OUTPUT / 2);
    }
}
