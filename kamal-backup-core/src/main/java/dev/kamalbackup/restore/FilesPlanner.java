package dev.kamalbackup.restore;

import dev.kamalbackup.config.BackupPath;
import dev.kamalbackup.config.Settings;
import dev.kamalbackup.error.RestoreException;
import dev.kamalbackup.restic.Snapshot;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/** Decides which folder of a files snapshot goes where. */
final class FilesPlanner {
    private final Settings settings;
    private final BiFunction<String, String, RestoreException> failure;

    /** The function makes an error of a reason and a hint. */
    FilesPlanner(Settings settings, BiFunction<String, String, RestoreException> failure) {
        this.settings = settings;
        this.failure = failure;
    }

    /**
     * All configured paths, or what is wanted of them.
     *
     * @param backWhereItWas whether the snapshot was made of the targets themselves, and of no more than was replaced
     */
    List<RestoreTask.FilesTarget> plan(Snapshot snapshot, boolean backWhereItWas, List<Path> wanted) {
        List<RestoreTask.FilesTarget> all = backWhereItWas ? whereTheyWere(snapshot) : all(snapshot);
        if (wanted.isEmpty()) {
            return all;
        }
        List<RestoreTask.FilesTarget> some =
                wanted.stream().map(path -> below(all, path)).distinct().toList();
        // A folder brings what is in it; restored once more, it would be swapped twice.
        return some.stream()
                .filter(files -> some.stream()
                        .noneMatch(
                                other -> !other.equals(files) && files.target().startsWith(other.target())))
                .toList();
    }

    private List<RestoreTask.FilesTarget> whereTheyWere(Snapshot snapshot) {
        List<RestoreTask.FilesTarget> files = new ArrayList<>();
        for (String text : snapshot.paths()) {
            Path path = Path.of(text);
            if (settings.paths().stream().noneMatch(configured -> path.startsWith(configured.path()))) {
                throw failure.apply(
                        "it keeps " + path + ", which lies in none of the paths",
                        "restore with the configuration that the run was made with");
            }
            files.add(new RestoreTask.FilesTarget(snapshot, path, path));
        }
        return files;
    }

    private List<RestoreTask.FilesTarget> all(Snapshot snapshot) {
        List<Path> targets = settings.paths().stream().map(BackupPath::path).toList();
        List<Path> sources = settings.restoreFrom().isEmpty() ? targets : settings.restoreFrom();
        if (sources.size() != targets.size()) {
            throw failure.apply(
                    "restore_from names " + sources.size() + " paths and paths names " + targets.size(),
                    "give one source for each path, in the same order");
        }
        List<RestoreTask.FilesTarget> files = new ArrayList<>();
        for (int i = 0; i < targets.size(); i++) {
            Path source = sources.get(i).toAbsolutePath().normalize();
            if (!snapshot.paths().contains(source.toString())) {
                throw failure.apply(
                        "its files snapshot does not hold " + source + " but " + String.join(", ", snapshot.paths()),
                        "set restore_from to the paths the files were backed up from, one for each of paths");
            }
            files.add(new RestoreTask.FilesTarget(snapshot, source, targets.get(i)));
        }
        return files;
    }

    /** What is wanted may be named as it is called in the snapshot, or as it is called here. */
    private RestoreTask.FilesTarget below(List<RestoreTask.FilesTarget> all, Path wanted) {
        Path path = wanted.normalize();
        return all.stream()
                .flatMap(files -> within(files, path).stream())
                .findFirst()
                .orElseThrow(() -> failure.apply(
                        path + " lies in none of the paths",
                        "name a file or folder in "
                                + all.stream()
                                        .map(files -> files.target().toString())
                                        .collect(Collectors.joining(", "))));
    }

    private static Optional<RestoreTask.FilesTarget> within(RestoreTask.FilesTarget files, Path path) {
        Optional<Path> relative = path.startsWith(files.source())
                ? Optional.of(files.source().relativize(path))
                : Optional.of(path).filter(p -> p.startsWith(files.target())).map(files.target()::relativize);
        return relative.map(inner -> inner.toString().isEmpty()
                ? files
                : new RestoreTask.FilesTarget(
                        files.snapshot(),
                        files.source().resolve(inner),
                        files.target().resolve(inner)));
    }
}
