package dev.kamalbackup.drill;

import dev.kamalbackup.config.DatabaseSettings;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/**
 * Where a drill of production restores to.
 *
 * @param database the name of the scratch database; with several databases on servers the beginning of their names
 * @param sqlitePath the scratch file of a SQLite database; with several of them the folder for all
 * @param files the scratch folder for files
 */
public record ScratchPlaces(Optional<String> database, Optional<Path> sqlitePath, Path files) {
    /** What PostgreSQL leaves of a longer name; MySQL takes one more. */
    private static final int LONGEST_NAME = 63;

    private static final String PREFIX = "kamal_backup_drill_";

    /** Where the image has a folder for it. */
    public static final Path FILES = Path.of("/restore/files");

    public ScratchPlaces {
        files = files.toAbsolutePath().normalize();
        sqlitePath = sqlitePath.map(path -> path.toAbsolutePath().normalize());
    }

    /** Names of our own, and the folder that the image has for it. */
    public static ScratchPlaces standard() {
        return new ScratchPlaces(Optional.empty(), Optional.empty(), FILES);
    }

    /** Names of our own, and this folder. */
    public static ScratchPlaces in(Path files) {
        return new ScratchPlaces(Optional.empty(), Optional.empty(), files);
    }

    /** The name for one of several databases on servers. */
    String name(DatabaseSettings live, boolean only) {
        String own = live.name().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "_");
        String name = database.map(given -> only ? given : given + "_" + own).orElse(PREFIX + own);
        return database.isPresent() || name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME);
    }

    /** The file for one of several databases that are files. */
    Path file(DatabaseSettings live, boolean only) {
        String own = live.name().replaceAll("[^A-Za-z0-9_.-]+", "_") + ".sqlite3";
        return sqlitePath
                .map(given -> only ? given : given.resolve(own))
                .orElseGet(() -> files.resolveSibling("databases").resolve(own));
    }
}
