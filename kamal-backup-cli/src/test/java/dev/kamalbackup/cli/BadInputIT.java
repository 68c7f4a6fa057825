package dev.kamalbackup.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Mistakes that people make: one clear message each, the right exit code, and nothing changed. */
class BadInputIT {
    @TempDir
    private Path folder;

    private AppFolder app;
    private String configuration;

    @BeforeEach
    void anAppThatIsAllRight() throws Exception {
        app = AppFolder.create(folder.resolve("shop"), "0.19");
        app.repository.make();
        app.shell("mkdir data; sqlite3 app.sqlite3 'CREATE TABLE t (x)'");
        configuration = EndToEndIT.configuration(app, "app.sqlite3", "data", "init_if_missing: false");
    }

    @AfterEach
    void nothingIsInTheRepositoryAndNoDatabaseWasMade() throws Exception {
        assertThat(app.repository.locks()).isEmpty();
        assertThat(app.folder.resolve("missing.sqlite3")).doesNotExist();
    }

    @Test
    void aMissingDatabaseIsNotCreated() throws Exception {
        CliLab.Answer answer = backup(configuration.replace("app.sqlite3", "missing.sqlite3"));

        assertThat(answer.exitCode()).isEqualTo(1);
        assertThat(answer.err())
                .contains("back up database app")
                .contains(app.folder + "/missing.sqlite3")
                .contains("the file does not exist")
                .contains("next: see that the path is right");
    }

    @Test
    void aDatabaseThatIsNoneIsToldSo() throws Exception {
        Files.writeString(app.folder.resolve("app.sqlite3"), "SQLite? No, plain text.");

        CliLab.Answer answer = backup(configuration);

        assertThat(answer.exitCode()).isEqualTo(1);
        assertThat(answer.err()).contains("does not begin with the header of a SQLite database");
    }

    @Test
    void aPathThatDoesNotExistFailsTheFilesAndSavesTheDatabase() throws Exception {
        CliLab.Answer answer = backup(configuration.replace("/data\n", "/not-mounted\n"));

        assertThat(answer.exitCode()).isEqualTo(1);
        assertThat(answer.err()).contains(app.folder + "/not-mounted").contains("no such file or folder");
        assertThat(app.repository.snapshots()).hasSize(1);
        assertThat(app.ok("list")).contains("incomplete");
    }

    @Test
    void withoutResticThereIsAWayToGetIt() throws Exception {
        Path bare = Files.createDirectory(folder.resolve("bare"));
        AppFolder.script(bare.resolve("sqlite3"), "exec /usr/bin/sqlite3 \"$@\"");
        CliLab.Answer answer =
                app.with("PATH", bare.toString()).configured(configuration).run("backup");

        assertThat(answer.exitCode()).isEqualTo(1);
        assertThat(answer.err())
                .contains("restic")
                .contains("not found on the PATH")
                .contains("install restic");
        assertThat(app.state()).doesNotExist();
    }

    @Test
    void anUnknownAdapterNamesThoseThereAreAndWhatToAdd() throws Exception {
        CliLab.Answer answer = backup(configuration.replace("adapter: sqlite", "adapter: oracle"));

        assertThat(answer.exitCode()).isEqualTo(2);
        assertThat(answer.err())
                .contains("config/kamal-backup.yml:4")
                .contains("databases[1].adapter")
                .contains("oracle")
                .contains("mysql, postgres, sqlite");
        assertThat(app.state()).doesNotExist();
    }

    @Test
    void aRepositoryThatIsAFileIsLeftAlone() throws Exception {
        Files.writeString(app.folder.resolve("file"), "precious");

        CliLab.Answer answer = backup(configuration
                .replace("/repository\n", "/file\n")
                .replace("init_if_missing: false", "init_if_missing: true"));

        assertThat(answer.exitCode()).isEqualTo(1);
        assertThat(answer.err()).contains(app.folder + "/file").contains("not a directory");
        assertThat(app.folder.resolve("file")).hasContent("precious");
    }

    @Test
    void aStateFolderThatCannotBeWrittenIsToldBeforeAnythingStarts() throws Exception {
        Files.writeString(app.folder.resolve("file"), "precious");

        CliLab.Answer answer = backup(configuration.replace("/state\n", "/file/state\n"));

        assertThat(answer.exitCode()).isEqualTo(1);
        assertThat(answer.err())
                .contains("use the state folder")
                .contains(app.folder + "/file/state")
                .contains("state.path");
        assertThat(app.repository.snapshots()).isEmpty();
    }

    @Test
    void anAppNameThatNoTagCanHoldIsRefused() throws Exception {
        for (String name : new String[] {"my,shop", "my/shop"}) {
            CliLab.Answer answer = backup(configuration.replace("app: shop", "app: '" + name + "'"));

            assertThat(answer.exitCode()).as("%s", answer).isEqualTo(2);
            assertThat(answer.err()).contains("config/kamal-backup.yml:1: app: must not contain a");
        }
        assertThat(app.repository.snapshots()).isEmpty();
    }

    @Test
    void aWrongPasswordIsTwelveAndNothingIsMade() throws Exception {
        CliLab.Answer answer = app.with("RESTIC_PASSWORD", "not-this")
                .configured(configuration)
                .run("list");

        assertThat(answer.exitCode()).isEqualTo(12);
        assertThat(answer.err()).contains("wrong password").contains("next: ").doesNotContain("not-this");
    }

    @Test
    void aMissingRepositoryIsTen() throws Exception {
        CliLab.Answer answer = backup(configuration.replace("/repository\n", "/nowhere\n"));

        assertThat(answer.exitCode()).isEqualTo(10);
        assertThat(answer.err()).contains(app.folder + "/nowhere").contains("init_if_missing");
        assertThat(app.folder.resolve("nowhere")).doesNotExist();
    }

    @Test
    void aDiskThatIsFullForTheResultIsToldToo() throws Exception {
        app.configured(configuration);
        Path err = folder.resolve("err");

        Process program = app.start(Path.of("/dev/full"), err, "backup");

        assertThat(program.waitFor()).isEqualTo(1);
        assertThat(Files.readString(err)).contains("cannot print the result");
        assertThat(app.repository.snapshots()).hasSize(2);
    }

    private CliLab.Answer backup(String yaml) throws Exception {
        return app.configured(yaml).run("backup");
    }
}
