package dev.kamalbackup.evidence;

import dev.kamalbackup.config.RetentionSettings;
import java.time.Duration;
import java.util.List;

/**
 * What is configured, without secrets.
 *
 * @param databases the databases in order
 * @param repository the repository's address without credentials
 * @param paths the files that are backed up
 * @param enabled whether backups are made at all
 * @param schedule when a run is due, in words
 * @param interval the longest time from one run to the next
 * @param forgetAfterBackup whether old runs are removed
 * @param retention which runs are kept then
 * @param fingerprint a hash that changes when any of this changes, and not with a password
 */
public record Configuration(
        List<ConfiguredDatabase> databases,
        String repository,
        List<String> paths,
        boolean enabled,
        String schedule,
        Duration interval,
        boolean forgetAfterBackup,
        RetentionSettings retention,
        String fingerprint) {
    public Configuration {
        databases = List.copyOf(databases);
        paths = List.copyOf(paths);
    }

    /**
     * A database.
     *
     * @param name its name within the app
     * @param adapter the id of its adapter
     */
    public record ConfiguredDatabase(String name, String adapter) {}
}
