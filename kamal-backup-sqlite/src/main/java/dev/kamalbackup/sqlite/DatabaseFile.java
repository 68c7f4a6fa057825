package dev.kamalbackup.sqlite;

import dev.kamalbackup.config.DatabaseSettings;
import dev.kamalbackup.error.ConfigurationException;
import dev.kamalbackup.error.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The file that the settings name, as it is configured and as it is found. */
final class DatabaseFile {
    static final String PATH = "path";
    static final String DATABASE = "database";

    private static final int MOST_LINKS = 40;

    private DatabaseFile() {}

    /** What is wrong with the settings, without looking at the disk. */
    static List<Problem> check(DatabaseSettings settings) {
        Optional<String> path = settings.option(PATH);
        Optional<String> database = settings.option(DATABASE);
        List<Problem> problems = new ArrayList<>();
        if (path.isPresent() && database.isPresent() && !path.equals(database)) {
            problems.add(
                    new Problem("", DATABASE, "means the same as path, and says something else; remove one of them"));
        }
        if (path.isEmpty() && database.isEmpty()) {
            problems.add(new Problem("", PATH, "is missing; give the path of the SQLite file"));
        }
        path.flatMap(DatabaseFile::flaw).ifPresent(flaw -> problems.add(new Problem("", PATH, flaw)));
        database.flatMap(DatabaseFile::flaw).ifPresent(flaw -> problems.add(new Problem("", DATABASE, flaw)));
        return problems;
    }

    /** The configured file as an absolute path, links not followed. */
    static Path configured(DatabaseSettings settings) {
        List<Problem> problems = check(settings);
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
        Path file = Path.of(settings.option(PATH)
                        .or(() -> settings.option(DATABASE))
                        .orElseThrow())
                .toAbsolutePath();
        // A step up behind a link leads elsewhere than the text says, so such a path stays as it is written.
        return StreamSupport.stream(file.spliterator(), false).anyMatch(Path.of("..")::equals)
                ? file
                : file.normalize();
    }

    /** Where the file is, or would be made, with every link followed. */
    static Path resolve(Path configured) throws IOException {
        Path file = configured;
        for (int links = 0; links < MOST_LINKS; links++) {
            if (Files.exists(file)) {
                return file.toRealPath();
            }
            if (!Files.isSymbolicLink(file)) {
                return withRealFolder(file);
            }
            file = file.resolveSibling(Files.readSymbolicLink(file));
        }
        throw new FileSystemLoopException(configured.toString());
    }

    /** The file and those that SQLite keeps beside it. */
    static Stream<Path> withSideFiles(Path file) {
        return Stream.of("", "-wal", "-shm", "-journal")
                .map(suffix -> file.resolveSibling(file.getFileName() + suffix));
    }

    /** The header of a file; empty if it is none of SQLite's. */
    static Optional<SqliteHeader> header(Path file) throws IOException {
        try (InputStream bytes = Files.newInputStream(file)) {
            return SqliteHeader.parse(bytes.readNBytes(SqliteHeader.LENGTH));
        }
    }

    /** The nearest folder above the file that exists. */
    static Path nearestFolder(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        while (folder != null && !Files.isDirectory(folder)) {
            folder = folder.getParent();
        }
        return folder == null ? Path.of("/") : folder;
    }

    /** Why the file system said no, in words. */
    static String reason(IOException failure) {
        if (failure instanceof NoSuchFileException) {
            return "the file does not exist";
        }
        if (failure instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (failure instanceof FileSystemLoopException) {
            return "a link leads to itself";
        }
        return failure instanceof FileSystemException detailed && detailed.getReason() != null
                ? detailed.getReason()
                : String.valueOf(failure.getMessage());
    }

    /** The path as a person can paste it into a shell. */
    static String quoted(Path file) {
        return "'" + file.toString().replace("'", "'\\''") + "'";
    }

    private static Path withRealFolder(Path file) throws IOException {
        Path folder = file.getParent();
        return folder != null && Files.exists(folder) ? folder.toRealPath().resolve(file.getFileName()) : file;
    }

    private static Optional<String> flaw(String path) {
        if (path.isBlank()) {
            return Optional.of("is empty; give the path of the SQLite file");
        }
        if (path.startsWith(":")) {
            return Optional.of("is no file; a database in memory cannot be backed up");
        }
        if (path.startsWith("file:")) {
            return Optional.of("is a URI; give a plain path");
        }
        try {
            Path file = Path.of(path);
            return file.getFileName() == null ? Optional.of("is a folder; give the path of a file") : Optional.empty();
        } catch (InvalidPathException invalid) {
            return Optional.of("is no path: " + invalid.getReason());
        }
    }
}
