package dev.kamalbackup.run;

import dev.kamalbackup.config.BackupPath;
import dev.kamalbackup.config.DatabaseSettings;
import dev.kamalbackup.config.Settings;
import dev.kamalbackup.tag.RunId;
import dev.kamalbackup.tag.TagSet;
import java.util.List;
import java.util.Optional;

/**
 * What a run is to hold.
 *
 * @param databases the databases to dump, in order
 * @param paths the files to back up
 * @param safety what the run is made before; empty for a backup like any other
 */
public record RunContent(List<DatabaseSettings> databases, List<BackupPath> paths, Optional<Safety> safety) {
    /**
     * The restore that a safety backup is made before.
     *
     * @param restored the run that is restored
     * @param target where to: {@code local} or {@code production}
     */
    public record Safety(RunId restored, String target) {}

    public RunContent {
        databases = List.copyOf(databases);
        paths = List.copyOf(paths);
    }

    /** Everything that is configured. */
    public static RunContent all(Settings settings) {
        return new RunContent(settings.databases(), settings.paths(), Optional.empty());
    }

    /** How many snapshots the run is to make. */
    int parts() {
        return databases.size() + (paths.isEmpty() ? 0 : 1);
    }

    /** The tags of one of its snapshots, with the mark of a safety backup if it is one. */
    TagSet marked(TagSet tags) {
        return safety.map(before -> tags.asSafetyBackup(before.restored(), before.target()))
                .orElse(tags);
    }
}
