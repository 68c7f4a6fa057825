package dev.kamalbackup.drill;

import dev.kamalbackup.config.DatabaseSettings;
import dev.kamalbackup.spi.ProductionName;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

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

    /** The name for one of these databases on servers. */
    String name(DatabaseSettings live, List<DatabaseSettings> all) {
        if (database.isPresent() && all.size() == 1) {
            return database.get();
        }
        String beginning = database.map(given -> given + "_").orElse(PREFIX);
        String name = beginning + distinct(live, all, ScratchPlaces::word);
        if (database.isEmpty() && name.length() > LONGEST_NAME) {
            String hash = "_" + hash(live);
            name = name.substring(0, LONGEST_NAME - hash.length()) + hash;
        }
        return inconspicuous(beginning, name, live);
    }

    /** The file for one of these databases that are files. */
    Path file(DatabaseSettings live, List<DatabaseSettings> all) {
        if (sqlitePath.isPresent() && all.size() == 1) {
            return sqlitePath.get();
        }
        String name = inconspicuous("", distinct(live, all, ScratchPlaces::fileName), live);
        return sqlitePath.orElseGet(() -> files.resolveSibling("databases")).resolve(name + ".sqlite3");
    }

    /** What nobody of these shares; an ordinary name stays as it is. */
    private static String distinct(
            DatabaseSettings live, List<DatabaseSettings> all, Function<DatabaseSettings, String> name) {
        String own = name.apply(live);
        long sharers = all.stream().filter(each -> name.apply(each).equals(own)).count();
        return sharers > 1 ? own + "_" + hash(live) : own;
    }

    /**
     * Adapters refuse what looks like production. That is meant for names that a person gives; what is our own name for
     * the database {@code production} must not look like it.
     */
    private static String inconspicuous(String beginning, String name, DatabaseSettings live) {
        return ProductionName.matches(name) && !ProductionName.matches(beginning)
                ? beginning + "db_" + hash(live)
                : name;
    }

    private static String word(DatabaseSettings live) {
        return live.name().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "_");
    }

    private static String fileName(DatabaseSettings live) {
        return live.name().replaceAll("[^A-Za-z0-9_.-]+", "_");
    }

    private static String hash(DatabaseSettings live) {
        return UUID.nameUUIDFromBytes(live.name().getBytes(StandardCharsets.UTF_8))
                .toString()
                .substring(0, 8);
    }
}
