package dev.kamalbackup.restore;

import dev.kamalbackup.config.ResticRepositoryLocation;
import dev.kamalbackup.config.Settings;
import dev.kamalbackup.config.SystemFolders;
import dev.kamalbackup.error.Fault;
import dev.kamalbackup.error.RestoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Refuses targets whose replacement would take more than an app's files with it. Everything is compared by its real path,
 * as it is just now: a link may have changed since the configuration was read.
 */
final class TargetGuard {
    private static final Pattern NOT_LOCAL =
            Pattern.compile("(sftp|rest|s3|gs|azure|b2|swift|rclone):.*", Pattern.DOTALL);

    private final Settings settings;

    TargetGuard(Settings settings) {
        this.settings = settings;
    }

    /**
     * Looks at all targets of a restore, before anything is fetched.
     *
     * @throws RestoreException for the first that will not do
     */
    void check(List<RestoreTask.FilesTarget> targets) {
        for (RestoreTask.FilesTarget target : targets) {
            check(target.target());
        }
        for (int i = 0; i < targets.size(); i++) {
            for (int j = 0; j < i; j++) {
                Path one = targets.get(i).target();
                Path other = targets.get(j).target();
                if (overlap(real(one), real(other))) {
                    throw refusal(
                            one,
                            "it overlaps " + other + ", and one would be restored over the other",
                            "restore them one after the other with --path, or mend paths");
                }
            }
        }
    }

    private void check(Path target) {
        if (!settings.suspiciousPathsAllowed()) {
            SystemFolders.suspicion(target).ifPresent(why -> {
                throw refusal(target, why, "set KAMAL_BACKUP_ALLOW_SUSPICIOUS_PATHS=true if that is meant");
            });
        }
        Path state = settings.stateFolder();
        if (real(state).startsWith(real(target))) {
            throw refusal(
                    target,
                    "it holds the state folder " + state + ", which this restore writes to",
                    "name another folder in state.path, or other paths");
        }
        repository()
                .filter(repository -> overlap(real(repository), real(target)))
                .ifPresent(repository -> {
                    throw refusal(
                            target,
                            "it overlaps the repository " + repository + ", which it is restored from",
                            "mend paths");
                });
    }

    /** The repository's folder, if it is one on this machine. */
    private Optional<Path> repository() {
        try {
            String address = address();
            if (address.isEmpty() || NOT_LOCAL.matcher(address).matches()) {
                return Optional.empty();
            }
            return Optional.of(Path.of(address.startsWith("local:") ? address.substring("local:".length()) : address));
        } catch (IOException | InvalidPathException unreadable) {
            // Restic will say so, before anything is changed.
            return Optional.empty();
        }
    }

    private String address() throws IOException {
        ResticRepositoryLocation location = settings.restic().location();
        if (location instanceof ResticRepositoryLocation.InFile inFile) {
            return Files.readString(inFile.file()).strip();
        }
        return ((ResticRepositoryLocation.Address) location).address().reveal();
    }

    private static boolean overlap(Path one, Path other) {
        return one.startsWith(other) || other.startsWith(one);
    }

    private static Path real(Path path) {
        return SystemFolders.real(path.toAbsolutePath().normalize());
    }

    private static RestoreException refusal(Path target, String reason, String hint) {
        return new RestoreException(
                new Fault("restore files", target.toString(), reason + "; nothing was changed", hint));
    }
}
