package dev.kamalbackup.restic;

import dev.kamalbackup.config.BackendVariables;
import dev.kamalbackup.config.ResticPassword;
import dev.kamalbackup.config.ResticRepositoryLocation;
import dev.kamalbackup.config.ResticSettings;
import dev.kamalbackup.process.ChildEnvironment;
import dev.kamalbackup.redact.Secret;
import java.nio.file.Path;
import java.util.Map;

/**
 * Builds restic's environment from nothing: a stray {@code RESTIC_HOST} or {@code RESTIC_REPOSITORY_FILE} would change
 * what it does, and the database's password is none of its business. Only a command that prints the repository's password
 * sees more, through restic: where a password manager finds its own credentials only the user knows.
 */
final class ResticEnvironment {
    private ResticEnvironment() {}

    static ChildEnvironment build(ResticSettings settings, Map<String, String> environment, Path cacheFolder) {
        ChildEnvironment result = ChildEnvironment.basics(environment)
                // Two lines a second are enough for progress, and keep an undrained pipe from mattering.
                .with("RESTIC_PROGRESS_FPS", "2")
                .with("RESTIC_CACHE_DIR", cacheFolder.toString());
        boolean runsCommand = settings.password() instanceof ResticPassword.FromCommand;
        for (Map.Entry<String, String> entry : environment.entrySet()) {
            String name = entry.getKey();
            boolean seen =
                    BackendVariables.isForRestic(name) || (runsCommand && BackendVariables.isForPasswordCommand(name));
            if (seen && !entry.getValue().isBlank()) {
                result = result.with(name, entry.getValue());
            }
        }
        for (Map.Entry<String, Secret> credential : settings.credentials().entrySet()) {
            result = result.with(credential.getKey(), credential.getValue());
        }
        return withPassword(withRepository(result, settings.location()), settings.password());
    }

    private static ChildEnvironment withRepository(ChildEnvironment environment, ResticRepositoryLocation location) {
        if (location instanceof ResticRepositoryLocation.InFile inFile) {
            return environment.with("RESTIC_REPOSITORY_FILE", inFile.file().toString());
        }
        return environment.with("RESTIC_REPOSITORY", ((ResticRepositoryLocation.Address) location).address());
    }

    private static ChildEnvironment withPassword(ChildEnvironment environment, ResticPassword password) {
        if (password instanceof ResticPassword.InFile inFile) {
            return environment.with("RESTIC_PASSWORD_FILE", inFile.file().toString());
        }
        if (password instanceof ResticPassword.FromCommand fromCommand) {
            return environment.with("RESTIC_PASSWORD_COMMAND", fromCommand.command());
        }
        return environment.with("RESTIC_PASSWORD", ((ResticPassword.Value) password).secret());
    }
}
