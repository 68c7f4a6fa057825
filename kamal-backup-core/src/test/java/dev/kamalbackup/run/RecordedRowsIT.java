package dev.kamalbackup.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kamalbackup.config.DatabaseSettings;
import dev.kamalbackup.config.Settings;
import dev.kamalbackup.plan.TableRows;
import dev.kamalbackup.testing.Backups;
import dev.kamalbackup.testing.TestRepository;
import dev.kamalbackup.testing.Tools;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole backups whose rows are counted, and what the history keeps of that. */
class RecordedRowsIT {
    @TempDir
    private Path folder;

    @Test
    void keepsTheRowsThatWereCountedAndTellsWhyTheyWereNot() throws Exception {
        TestRepository repository = TestRepository.create(folder.resolve("repository"), Tools.restic());
        TableRows counted = TableRows.of(true, Map.of("users", 501L));

        BackupResult result = Backups.backup(
                settings(repository, Backups.script("app", "echo END").with("rows", "echo 501 7573657273")));
        BackupResult uncounted = Backups.backup(
                settings(repository, Backups.script("app", "echo END").with("rows", "exit 3")));

        assertThat(saved(result, 0).rows()).contains(counted);
        JsonNode record = new ObjectMapper()
                .readTree(Files.readAllLines(folder.resolve("state/history.jsonl"))
                        .get(0));
        assertThat(RowsJson.read(record.path("parts").path(0).path("rows"))).contains(counted);
        assertThat(RowsJson.read(record.path("parts").path(1).path("rows"))).isEmpty();
        assertThat(uncounted.complete()).isTrue();
        assertThat(uncounted.exitCode()).isZero();
        assertThat(saved(uncounted, 0).rows()).isEmpty();
        assertThat(uncounted.warnings())
                .containsExactly("database app: the rows were not counted: bash ended with exit code 3");
    }

    private static PartOutcome.Saved saved(BackupResult result, int part) {
        return (PartOutcome.Saved) result.parts().get(part);
    }

    private Settings settings(TestRepository repository, DatabaseSettings database) throws Exception {
        Path files = Files.createDirectories(folder.resolve("files"));
        return Backups.settings(folder, repository.settings(), List.of(database), List.of(files));
    }
}
