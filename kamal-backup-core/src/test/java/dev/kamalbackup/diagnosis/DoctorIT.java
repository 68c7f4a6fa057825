package dev.kamalbackup.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kamalbackup.KamalBackup;
import dev.kamalbackup.config.ResticSettings;
import dev.kamalbackup.config.Settings;
import dev.kamalbackup.diagnosis.Finding.Level;
import dev.kamalbackup.redact.Secret;
import dev.kamalbackup.testing.Backups;
import dev.kamalbackup.testing.ScriptAdapter;
import dev.kamalbackup.testing.TestRepository;
import dev.kamalbackup.testing.Tools;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a program that embeds the library is told about its repository, databases and paths. */
class DoctorIT {
    @TempDir
    private Path folder;

    private Path files;
    private TestRepository repository;

    @BeforeEach
    void aRepository() throws Exception {
        files = Files.createDirectories(folder.resolve("files"));
        repository = TestRepository.create(folder.resolve("repository"), Tools.restic());
    }

    @Test
    void everythingIsWellAndTheRunsAreCounted() throws Exception {
        Settings settings = settings(repository.settings(), files);
        Backups.backup(settings);

        List<Finding> findings = diagnosed(settings);

        assertThat(findings).extracting(Finding::level).containsOnly(Level.OK);
        assertThat(findings)
                .extracting(Finding::subject)
                .containsSubsequence("state folder", "restic", "repository", "locks", "clock", "database app")
                .contains("path " + files);
        assertThat(findings).anyMatch(finding -> finding.detail().endsWith("opened, 1 runs of this app"));
        assertThat(repository.snapshots()).hasSize(2);
    }

    @Test
    void whatFailsIsToldBesideWhatWorks() throws Exception {
        ResticSettings another = ResticSettings.of(
                        folder.resolve("repository").toString(), new Secret("another password"))
                .withProgram(Tools.restic().toString());

        List<Finding> findings = diagnosed(settings(another, folder.resolve("gone")));

        assertThat(findings)
                .filteredOn(finding -> finding.level() == Level.FAILED)
                .extracting(Finding::subject)
                .containsExactly("repository", "path " + folder.resolve("gone"));
        assertThat(findings)
                .filteredOn(finding -> finding.level() == Level.FAILED)
                .allMatch(finding -> !finding.fix().isEmpty());
        assertThat(folder.resolve("state")).doesNotExist();
    }

    @Test
    void aMissingRepositoryAndAMissingResticAreToldApart() throws Exception {
        ResticSettings nowhere = ResticSettings.of(folder.resolve("nothing").toString(), new Secret("any password"))
                .withProgram(Tools.restic().toString());

        assertThat(diagnosed(settings(nowhere, files)))
                .filteredOn(finding -> finding.subject().equals("repository"))
                .singleElement()
                .satisfies(finding -> assertThat(finding.level()).isEqualTo(Level.FAILED));
        assertThat(diagnosed(settings(nowhere.withProgram("/nowhere/restic"), files)))
                .filteredOn(finding -> finding.level() == Level.FAILED)
                .singleElement()
                .satisfies(finding -> assertThat(finding.subject()).isEqualTo("restic"));
        assertThat(folder.resolve("nothing")).doesNotExist();
    }

    private Settings settings(ResticSettings restic, Path path) {
        return Backups.settings(folder, restic, List.of(Backups.script("app", "echo END")), List.of(path));
    }

    private static List<Finding> diagnosed(Settings settings) {
        try (KamalBackup library =
                KamalBackup.builder(settings).adapters(new ScriptAdapter()).build()) {
            return library.diagnose();
        }
    }
}
