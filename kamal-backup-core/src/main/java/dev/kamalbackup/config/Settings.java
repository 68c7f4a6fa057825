package dev.kamalbackup.config;

import dev.kamalbackup.redact.Secret;
import dev.kamalbackup.redact.UrlSecrets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Everything that is configured. Made by {@code SettingsReader} from files and environment, or in code through the
 * constructor; checked when a {@link dev.kamalbackup.KamalBackup} is built.
 *
 * @param app the app's name
 * @param accessory the Kamal accessory's name; part of the host name in the repository
 * @param databases what to dump, in order
 * @param paths what files to back up
 * @param restoreFrom for local restores: the paths under which the files were backed up, paired with {@code paths};
 *     empty when they are the same
 * @param restic the repository
 * @param backup how backups are made
 * @param stateFolder where records, cache and scratch files live
 * @param maintenance what is done to the repository after a good run
 * @param monitors who is told how backups went
 * @param suspiciousPathsAllowed whether folders of the operating system may be backed up and restored
 */
public record Settings(
        String app,
        String accessory,
        List<DatabaseSettings> databases,
        List<BackupPath> paths,
        List<Path> restoreFrom,
        ResticSettings restic,
        BackupSettings backup,
        Path stateFolder,
        MaintenanceSettings maintenance,
        NotifySettings monitors,
        boolean suspiciousPathsAllowed) {
    public Settings {
        databases = List.copyOf(databases);
        paths = List.copyOf(paths);
        restoreFrom = List.copyOf(restoreFrom);
    }

    /** The same, for paths that are those of an app alone, and nobody who is told. */
    public Settings(
            String app,
            String accessory,
            List<DatabaseSettings> databases,
            List<BackupPath> paths,
            List<Path> restoreFrom,
            ResticSettings restic,
            BackupSettings backup,
            Path stateFolder,
            MaintenanceSettings maintenance) {
        this(
                app,
                accessory,
                databases,
                paths,
                restoreFrom,
                restic,
                backup,
                stateFolder,
                maintenance,
                NotifySettings.nobody(),
                false);
    }

    /** The same with backups made in another way. */
    public Settings with(BackupSettings other) {
        return with(other, maintenance, monitors);
    }

    /** The same, kept in order in another way. */
    public Settings with(MaintenanceSettings other) {
        return with(backup, other, monitors);
    }

    /** The same with others who are told. */
    public Settings with(NotifySettings others) {
        return with(backup, maintenance, others);
    }

    private Settings with(BackupSettings making, MaintenanceSettings keeping, NotifySettings telling) {
        return new Settings(
                app,
                accessory,
                databases,
                paths,
                restoreFrom,
                restic,
                making,
                stateFolder,
                keeping,
                telling,
                suspiciousPathsAllowed);
    }

    /** Every secret in these settings, for the redactor. */
    public List<Secret> secrets() {
        List<Secret> all = new ArrayList<>(restic.credentials().values());
        databases.forEach(database -> all.addAll(database.secrets().values()));
        if (restic.password() instanceof ResticPassword.Value value) {
            all.add(value.secret());
        }
        // Not the whole address: which repository it is may be seen, and must be in every message about it.
        if (restic.location() instanceof ResticRepositoryLocation.Address address) {
            all.addAll(UrlSecrets.of(address.address().reveal()));
        }
        all.addAll(monitors.secrets());
        return List.copyOf(all);
    }
}
