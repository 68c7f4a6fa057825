package dev.kamalbackup.restore;

import dev.kamalbackup.config.DatabaseSettings;
import dev.kamalbackup.config.Settings;
import dev.kamalbackup.event.BackupListener;
import dev.kamalbackup.process.Cancellation;
import dev.kamalbackup.process.ProcessLauncher;
import dev.kamalbackup.redact.Redactor;
import dev.kamalbackup.restic.Restic;
import dev.kamalbackup.run.PlanningContext;
import dev.kamalbackup.spi.AdapterContext;
import dev.kamalbackup.spi.Adapters;
import dev.kamalbackup.spi.DatabaseAdapter;
import dev.kamalbackup.state.StateFolder;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;

/**
 * What restores and drills work with.
 *
 * @param settings what is configured
 * @param adapters the adapters at hand
 * @param environment the environment of this process, or what stands in its place
 * @param restic the repository
 * @param launcher starts programs
 * @param state records and scratch folders
 * @param listener is told what happens
 * @param redactor hides secrets in what programs print
 * @param clock the time
 */
public record Equipment(
        Settings settings,
        Adapters adapters,
        Map<String, String> environment,
        Restic restic,
        ProcessLauncher launcher,
        StateFolder state,
        BackupListener listener,
        Redactor redactor,
        Clock clock) {
    public Equipment {
        environment = Map.copyOf(environment);
    }

    /** The adapter of a configured database; the settings were checked for having one. */
    public DatabaseAdapter adapter(DatabaseSettings database) {
        return adapters.find(database.adapter()).orElseThrow();
    }

    /** What the adapter may use while it plans. */
    public AdapterContext context(Path scratch, Cancellation cancellation) {
        return new PlanningContext(environment, scratch, launcher, cancellation);
    }
}
