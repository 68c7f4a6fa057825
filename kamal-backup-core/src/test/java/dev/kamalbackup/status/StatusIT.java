package dev.kamalbackup.status;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kamalbackup.KamalBackup;
import dev.kamalbackup.config.Settings;
import dev.kamalbackup.report.Reports;
import dev.kamalbackup.testing.Backups;
import dev.kamalbackup.testing.ScriptAdapter;
import dev.kamalbackup.testing.SnapshotWriter;
import dev.kamalbackup.testing.TestRepository;
import dev.kamalbackup.testing.Tools;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatusIT {
    @TempDir
    private Path folder;

    /** Somebody who looks at 3 a.m. must see that the runs are there, and that the repository is damaged. */
    @Test
    void theRunsOfADamagedRepositoryAreCountedAllTheSame() throws Exception {
        TestRepository repository = TestRepository.create(folder.resolve("repository"), Tools.restic());
        Settings settings = Backups.settings(
                folder, repository.settings(), List.of(Backups.script("app", "date +%N; echo END")), List.of());
        assertThat(Backups.backup(settings).complete()).isTrue();
        // A snapshot of this app whose tree is nowhere.
        new SnapshotWriter(folder.resolve("repository"), repository)
                .write(OffsetDateTime.now(ZoneOffset.UTC), "shop-backup", List.of("kamal-backup", "app:shop"));

        try (KamalBackup backup =
                KamalBackup.builder(settings).adapters(new ScriptAdapter()).build()) {
            Status status = backup.status(true);

            assertThat(status.lastGood()).isPresent();
            assertThat(status.repository()).isInstanceOfSatisfying(Status.Contents.Known.class, known -> {
                // What was written by whomever for this app is counted, too.
                assertThat(known.runs()).isEqualTo(2);
                assertThat(known.size()).isInstanceOf(Status.Size.Unknown.class);
            });
            JsonNode document = Reports.of(status).path("repository");
            assertThat(document.path("runs").asInt()).isEqualTo(2);
            assertThat(document.path("bytes").isNull()).isTrue();
            assertThat(document.path("error").asText()).contains("measure the repository");
        }
    }
}
