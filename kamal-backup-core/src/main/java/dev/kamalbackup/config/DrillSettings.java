package dev.kamalbackup.config;

import java.nio.file.Path;
import java.util.Optional;

/**
 * The drills that the scheduler makes.
 *
 * @param schedule when a drill is due; empty for never
 * @param files the scratch folder for files; scratch databases that are files are made beside it
 * @param check a shell command that must succeed while the restored data are there
 */
public record DrillSettings(Optional<Schedule> schedule, Path files, Optional<String> check) {
    /** No drills. */
    public static DrillSettings defaults() {
        return new DrillSettings(Optional.empty(), Path.of("/restore/files"), Optional.empty());
    }
}
