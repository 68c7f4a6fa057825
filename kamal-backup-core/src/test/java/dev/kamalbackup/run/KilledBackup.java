package dev.kamalbackup.run;

import dev.kamalbackup.testing.Backups;
import dev.kamalbackup.testing.TestRepository;
import dev.kamalbackup.testing.Tools;
import java.nio.file.Path;
import java.util.List;

/** A program of its own that makes a backup of one good database and one given one, to be killed meanwhile. */
final class KilledBackup {
    private KilledBackup() {}

    public static void main(String[] arguments) {
        Path folder = Path.of(arguments[0]);
        TestRepository repository = TestRepository.at(folder.resolve("repository"), Tools.restic());
        Backups.backup(Backups.settings(
                folder,
                repository.settings(),
                List.of(Backups.script("good", "echo rows; echo END"), Backups.script("app", arguments[1])),
                List.of()));
    }
}
