package dev.kamalbackup.sqlite;

import dev.kamalbackup.config.DatabaseSettings;
import dev.kamalbackup.error.Fault;
import dev.kamalbackup.error.RestoreException;
import dev.kamalbackup.plan.ScratchPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Plans a scratch file for a drill.
 *
 * @param live the database whose dump it is for
 * @param all every configured SQLite database
 */
record SqliteScratch(DatabaseSettings live, List<DatabaseSettings> all) {
    private static final Pattern PRODUCTION =
            Pattern.compile(".*production.*|(.*[/_.:-])?(prod|live)([/_.:-].*)?", Pattern.DOTALL);

    ScratchPlan plan(String place) {
        Path file = path(place);
        if (Files.isDirectory(file)) {
            throw refused(place, "it is a folder", "give the path of a file: --sqlite-path");
        }
        if (PRODUCTION.matcher(place.toLowerCase(Locale.ROOT)).matches()) {
            throw refused(place, "it looks like production", "give another path: --sqlite-path");
        }
        Path real = real(file);
        for (DatabaseSettings database : all) {
            Path configured = DatabaseFile.configured(database);
            if (withSideFiles(real(configured)).anyMatch(real::equals)
                    || withSideFiles(configured).anyMatch(file::equals)) {
                throw refused(
                        place,
                        "it is the database " + database.name() + " itself, or a file of it",
                        "give a path where nothing else is: --sqlite-path");
            }
        }
        return new ScratchPlan(
                DatabaseSettings.of(live.name(), live.adapter()).with(DatabaseFile.PATH, file.toString()),
                List.of(),
                List.of(),
                withSideFiles(file).toList());
    }

    static Stream<Path> withSideFiles(Path file) {
        return Stream.of("", "-wal", "-shm", "-journal")
                .map(suffix -> file.resolveSibling(file.getFileName() + suffix));
    }

    private Path path(String place) {
        try {
            Path file = Path.of(place).toAbsolutePath().normalize();
            if (file.getFileName() == null) {
                throw refused(place, "it is a folder", "give the path of a file: --sqlite-path");
            }
            return file;
        } catch (InvalidPathException invalid) {
            throw new RestoreException(
                    new Fault(
                            operation(), place, "it is no path: " + invalid.getReason(), "give another: --sqlite-path"),
                    invalid);
        }
    }

    /** Links followed, also those of the folders above a file that is not there yet. */
    private static Path real(Path file) {
        try {
            if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                return DatabaseFile.resolve(file);
            }
            Path folder = DatabaseFile.nearestFolder(file);
            return folder.toRealPath().resolve(folder.relativize(file));
        } catch (IOException unreachable) {
            // What cannot be reached cannot be written either.
            return file;
        }
    }

    private RestoreException refused(String place, String reason, String hint) {
        return new RestoreException(new Fault(operation(), place, reason + "; nothing was changed", hint));
    }

    private String operation() {
        return "make a scratch database for " + live.name();
    }
}
