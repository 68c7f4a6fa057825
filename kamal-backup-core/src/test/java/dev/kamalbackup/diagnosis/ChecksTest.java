package dev.kamalbackup.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kamalbackup.catalog.RecordedRun;
import dev.kamalbackup.config.BackupPath;
import dev.kamalbackup.diagnosis.Finding.Level;
import dev.kamalbackup.restic.RepositoryLock;
import dev.kamalbackup.state.StateFolder;
import dev.kamalbackup.tag.RunId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChecksTest {
    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

    @TempDir
    Path folder;

    @Test
    void aStateFolderThatWillBeMadeIsFineAndNothingIsMade() {
        Path state = folder.resolve("a/b");

        List<Finding> findings = new StateCheck(new StateFolder(state)).findings();

        assertThat(findings.get(0)).isEqualTo(Finding.ok("state folder", state + " (made by the first backup)"));
        assertThat(findings).extracting(Finding::subject).containsExactly("state folder", "free space");
        assertThat(folder.resolve("a")).doesNotExist();
    }

    @Test
    void aStateFolderThatCannotBeUsedIsTold() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");

        assertThat(new StateCheck(new StateFolder(file.resolve("state"))).findings())
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.level()).isEqualTo(Level.FAILED);
                    assertThat(finding.detail()).isEqualTo(file + " is not a folder");
                    assertThat(finding.fix()).contains("state.path");
                });
    }

    @Test
    void aClockThatIsBehindTheRepositoryIsTold() {
        assertThat(clock(NOW, "2026-11-23T12:01:00Z"))
                .extracting(Finding::level)
                .containsExactly(Level.OK);
        assertThat(clock(NOW, "2026-11-23T12:03:00Z")).singleElement().satisfies(finding -> {
            assertThat(finding.level()).isEqualTo(Level.FAILED);
            assertThat(finding.detail())
                    .isEqualTo("it says 2026-11-23T12:00:00Z, and the newest run in the repository is of"
                            + " 2026-11-23T12:03:00Z");
        });
        assertThat(clock(Instant.EPOCH, "2026-11-23T12:03:00Z"))
                .singleElement()
                .satisfies(finding -> assertThat(finding.detail()).endsWith("which is past"));
    }

    @Test
    void aClockThatIsBehindTheRecordsIsTold() throws IOException {
        Files.writeString(folder.resolve("last_backup.json"), "{\"finished_at\": \"2026-11-24T00:00:00Z\"}");

        assertThat(new ClockCheck(Clock.fixed(NOW, ZoneOffset.UTC), new StateFolder(folder), Optional.empty())
                        .findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.detail()).contains("the last backup ended at 2026-11-24"));
    }

    @Test
    void pathsThatAreMissingAreTold() {
        assertThat(new PathsCheck(List.of(BackupPath.of(folder), BackupPath.of(folder.resolve("gone")))).findings())
                .extracting(Finding::level)
                .containsExactly(Level.OK, Level.FAILED);
    }

    @Test
    void aLockTellsItsOwnerAndItsAge() {
        RepositoryLock lock = new RepositoryLock("0123456789", "web1", "root", 42, true, NOW);

        assertThat(lock.describe(NOW.plusSeconds(130)))
                .isEqualTo("exclusive, held by process 42 of root on web1, renewed 2 minutes ago (01234567)");
        assertThat(lock.describe(NOW.minusSeconds(130))).contains("renewed 0 minutes ago");
    }

    private List<Finding> clock(Instant now, String newest) {
        RecordedRun run =
                new RecordedRun(new RunId(Instant.parse(newest)), List.of(), RecordedRun.Completeness.COMPLETE);
        return new ClockCheck(
                        Clock.fixed(now, ZoneOffset.UTC), new StateFolder(folder.resolve("state")), Optional.of(run))
                .findings();
    }
}
