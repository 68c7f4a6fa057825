package dev.kamalbackup.testing;

import dev.kamalbackup.KamalBackup;
import dev.kamalbackup.config.BackupPath;
import dev.kamalbackup.config.BackupSettings;
import dev.kamalbackup.config.DatabaseSettings;
import dev.kamalbackup.config.MaintenanceSettings;
import dev.kamalbackup.config.ResticSettings;
import dev.kamalbackup.config.Settings;
import dev.kamalbackup.restore.RestoreRequest;
import dev.kamalbackup.run.BackupAnswer;
import dev.kamalbackup.run.BackupRequest;
import dev.kamalbackup.run.BackupResult;
import dev.kamalbackup.spi.DatabaseAdapter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Short ways to the settings and backups that tests need. */
public final class Backups {
    private Backups() {}

    /** Settings for the app {@code shop} with its state beside everything else in the test's folder. */
    public static Settings settings(
            Path folder, ResticSettings restic, List<DatabaseSettings> databases, List<Path> paths) {
        return settings("shop", folder, restic, databases, paths);
    }

    /** The same for an app of another name. */
    public static Settings settings(
            String app, Path folder, ResticSettings restic, List<DatabaseSettings> databases, List<Path> paths) {
        return new Settings(
                app,
                "backup",
                databases,
                paths.stream().map(BackupPath::of).toList(),
                List.of(),
                restic,
                BackupSettings.defaults().withLimits(Duration.ofMinutes(5), Duration.ofSeconds(4)),
                folder.resolve("state"),
                MaintenanceSettings.defaults());
    }

    /** A database of the script adapter with this dump script. */
    public static DatabaseSettings script(String name, String dump) {
        return DatabaseSettings.of(name, "script").with("dump", dump);
    }

    /** Makes a backup at once and returns its result. */
    public static BackupResult backup(Settings settings) {
        try (KamalBackup backup =
                KamalBackup.builder(settings).adapters(new ScriptAdapter()).build()) {
            return made(backup.backup(BackupRequest.now()));
        }
    }

    /** Makes a backup at once with this adapter, whose programs are found by this environment. */
    public static BackupResult backup(Settings settings, DatabaseAdapter adapter, Map<String, String> environment) {
        try (KamalBackup backup = library(settings, adapter, environment)) {
            return made(backup.backup(BackupRequest.now()));
        }
    }

    /** Brings the newest complete run back with this adapter, whose programs are found by this environment. */
    public static void restoreLatest(Settings settings, DatabaseAdapter adapter, Map<String, String> environment) {
        try (KamalBackup backup = library(settings, adapter, environment)) {
            backup.restore(RestoreRequest.latest().withoutSafetyBackup());
        }
    }

    private static KamalBackup library(Settings settings, DatabaseAdapter adapter, Map<String, String> environment) {
        return KamalBackup.builder(settings)
                .adapters(adapter)
                .environment(environment)
                .build();
    }

    /** The result of an answer that must be a run. */
    public static BackupResult made(BackupAnswer answer) {
        if (answer instanceof BackupAnswer.Made made) {
            return made.result();
        }
        throw new AssertionError("no run was made: " + answer);
    }
}
