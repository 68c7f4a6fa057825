package dev.kamalbackup.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kamalbackup.testing.TestRepository;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the README tells an embedding developer to write makes a backup, and is as quiet as it says. */
class ReadmeExampleIT {
    @TempDir
    private Path folder;

    @Test
    void theEmbeddingExampleMakesABackupAndPrintsNothing() throws Exception {
        AppFolder app = AppFolder.create(folder.resolve("shop"), "0.19");
        app.shell("mkdir storage; printf blob >storage/blob; sqlite3 app.sqlite3 'CREATE TABLE t (x)'");
        Path classes = Files.createDirectory(folder.resolve("classes"));
        String said = ReadmeExample.read()
                .with("/data/production.sqlite3", app.folder + "/app.sqlite3")
                .with("/data/storage", app.folder + "/storage")
                .with("/backups/shop", app.folder + "/repository")
                .with("/var/lib/shop-backup", app.state().toString())
                .with("new Secret(\"…\")", "new Secret(\"" + TestRepository.PASSWORD + "\")")
                .compile(classes);
        assertThat(said).isEmpty();

        CliLab.Answer answer = app.runJava("-cp", classes + ":" + ReadmeExample.classPath(), "Example");

        assertThat(answer).isEqualTo(new CliLab.Answer(0, "", ""));
        assertThat(app.repository.snapshots())
                .extracting(snapshot -> snapshot.path("tags").toString())
                .satisfiesExactly(
                        database -> assertThat(database).contains("\"app:shop\"", "\"database:app\"", "\"parts:2\""),
                        files -> assertThat(files).contains("\"app:shop\"", "\"type:files\"", "\"parts:2\""));
    }
}
