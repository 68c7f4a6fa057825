package dev.kamalbackup.restore;

import dev.kamalbackup.KamalBackup;
import dev.kamalbackup.config.BackupPath;
import dev.kamalbackup.config.Settings;
import dev.kamalbackup.testing.Backups;
import dev.kamalbackup.testing.ScriptAdapter;
import dev.kamalbackup.testing.TestRepository;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Backups of paths from which logs are excluded, with a live database file among them, and their restores. */
final class FilesLab {
    private FilesLab() {}

    static Settings settings(Path folder, TestRepository repository, List<String> excludes, Path... paths) {
        List<String> all = Stream.concat(Stream.of("*.log"), excludes.stream()).toList();
        Settings plain = Backups.settings(
                folder,
                repository.settings(),
                List.of(Backups.script("app", "echo rows; echo END")
                        .with("target", folder.resolve("restored").toString())
                        .with("live", folder.resolve("data/storage/db.sqlite3").toString())),
                List.of());
        return new Settings(
                plain.app(),
                plain.accessory(),
                plain.databases(),
                Stream.of(paths).map(path -> new BackupPath(path, all)).toList(),
                List.of(),
                plain.restic(),
                plain.backup(),
                plain.stateFolder(),
                plain.maintenance());
    }

    /** Restores the newest run: "staged" or "in place". */
    static void restore(Settings settings, String way) {
        RestoreRequest request = RestoreRequest.latest().withoutSafetyBackup();
        try (KamalBackup backup = library(settings)) {
            backup.restore(way.equals("in place") ? request.inTheirPlace() : request);
        }
    }

    static KamalBackup library(Settings settings) {
        return KamalBackup.builder(settings).adapters(new ScriptAdapter()).build();
    }
}
