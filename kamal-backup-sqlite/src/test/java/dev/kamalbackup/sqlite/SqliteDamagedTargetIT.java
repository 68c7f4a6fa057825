package dev.kamalbackup.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kamalbackup.KamalBackup;
import dev.kamalbackup.config.Settings;
import dev.kamalbackup.restore.RestoreRequest;
import dev.kamalbackup.testing.Backups;
import dev.kamalbackup.testing.TestRepository;
import dev.kamalbackup.testing.Tools;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The emergency itself: what is to be replaced is damaged, so that it cannot even be kept. */
class SqliteDamagedTargetIT {
    @TempDir
    private Path temporary;

    @Test
    void aDamagedDatabaseIsReplacedWhenNothingIsToBeKept() throws Exception {
        Path folder = temporary.toRealPath();
        Path database = Sqlite.shop(folder.resolve("app.sqlite3"), "delete");
        String content = Sqlite.content(database);
        TestRepository repository = TestRepository.create(folder.resolve("repository"), Tools.restic());
        Settings settings =
                Backups.settings(folder, repository.settings(), List.of(Sqlite.settings(database)), List.of());
        assertThat(Backups.backup(settings, new SqliteAdapter(), System.getenv())
                        .complete())
                .isTrue();
        try (RandomAccessFile file = new RandomAccessFile(database.toFile(), "rw")) {
            file.seek(100);
            file.write(new byte[300]);
        }

        try (KamalBackup backup =
                KamalBackup.builder(settings).adapters(new SqliteAdapter()).build()) {
            RestoreRequest request = RestoreRequest.latest().intoProduction();
            assertThatThrownBy(() -> backup.restore(request))
                    .hasMessageContaining("malformed")
                    .hasMessageContaining("nothing was changed")
                    .extracting("hint")
                    .asString()
                    .contains("--no-safety-backup");

            backup.restore(request.withoutSafetyBackup());
        }
        assertThat(Sqlite.content(database)).isEqualTo(content);
    }
}
