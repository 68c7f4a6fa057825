package dev.kamalbackup.sqlite;

import static dev.kamalbackup.sqlite.Trial.LONG;
import static dev.kamalbackup.sqlite.Trial.SHORT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kamalbackup.error.RestoreException;
import dev.kamalbackup.testing.PlanExecutor;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Restores into targets of every kind, from dumps good and bad. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class SqliteRestoreIT {
    @TempDir
    private Path temporary;

    private Path folder;
    private Trial trial;

    @BeforeEach
    void dumpOfAShop() throws Exception {
        folder = temporary.toRealPath();
        trial = new Trial(folder);
        Sqlite.shop(trial.dump(), "delete");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "app.sqlite3",
                "new folder/deeper/app.sqlite3",
                "-p/app.sqlite3",
                "o d?#%\"'\\é\n&=x;|$(id)`id`*[a]\t/o d?#%\"'\\é\n&=x;.db",
                "日本.sqlite3"
            })
    void aMissingTargetIsMadeWithItsFolder(String name) throws Exception {
        Path target = folder.resolve("new").resolve(name);

        trial.restore(target, LONG);

        assertThat(Sqlite.content(target)).isEqualTo(Sqlite.content(trial.dump()));
    }

    @Test
    @EnabledIfSystemProperty(named = "user.name", matches = "root")
    void whatRootMakesBelongsToTheOwnerOfTheFolderItIsMadeIn() throws Exception {
        Path volume = Files.createDirectory(folder.resolve("volume"));
        own(volume, 1000, 1001);
        Path target = volume.resolve("new/deeper/app.sqlite3");

        trial.restore(target, LONG);

        for (Path made : List.of(target, target.getParent(), volume.resolve("new"))) {
            assertThat(owner(made)).as(made.toString()).isEqualTo("1000:1001");
        }
        assertThat(owner(folder)).isEqualTo("0:0");
    }

    @Test
    @EnabledIfSystemProperty(named = "user.name", matches = "root")
    void aFileThatWasThereKeepsItsOwner() throws Exception {
        Path volume = Files.createDirectory(folder.resolve("volume"));
        Path target = Files.move(old("delete"), volume.resolve("app.sqlite3"));
        own(volume, 1000, 1001);
        own(target, 1002, 1003);

        trial.restore(target, LONG);

        assertThat(owner(target)).isEqualTo("1002:1003");
    }

    @ParameterizedTest
    @CsvSource({"wal, wal", "wal, delete", "delete, wal", "delete, delete"})
    void theTargetHasTheContentOfTheDumpAndNothingElse(String dumpMode, String targetMode) throws Exception {
        Sqlite.run(trial.dump(), "PRAGMA journal_mode=" + dumpMode);
        Path target = old(targetMode);

        trial.restore(target, LONG);

        assertThat(Sqlite.content(target)).isEqualTo(Sqlite.content(trial.dump()));
    }

    @Test
    void aTargetThatIsAnEmptyFileIsFilled() throws Exception {
        Path target = Files.createFile(folder.resolve("app.sqlite3"));

        trial.restore(target, LONG);

        assertThat(Sqlite.content(target)).isEqualTo(Sqlite.content(trial.dump()));
    }

    @Test
    void theFileStaysTheSameFileBehindItsLink() throws Exception {
        Path real = old("delete");
        Object key = Files.getAttribute(real, "unix:ino");
        Path link = Files.createSymbolicLink(folder.resolve("link.sqlite3"), real.getFileName());

        trial.restore(link, LONG);

        assertThat(link).isSymbolicLink();
        assertThat(Files.getAttribute(real, "unix:ino")).isEqualTo(key);
        assertThat(Sqlite.content(real)).isEqualTo(Sqlite.content(trial.dump()));
    }

    @Test
    void aLogThatADeletedDatabaseLeftBehindIsNotPlayedIntoTheNewOne() throws Exception {
        Path target = old("wal");
        try (SqliteSession app = SqliteSession.open(target)) {
            app.run("INSERT INTO old VALUES ('only in the log');");
            app.kill();
        }
        Files.delete(target);
        assertThat(folder.resolve("app.sqlite3-wal")).isNotEmptyFile();

        trial.restore(target, LONG);

        assertThat(Sqlite.content(target)).isEqualTo(Sqlite.content(trial.dump()));
    }

    @Test
    void anotherPageSizeIsTakenOverInRollbackMode() throws Exception {
        Path target = old("delete");
        repage(trial.dump(), 512);

        trial.restore(target, LONG);

        assertThat(Sqlite.content(target)).isEqualTo(Sqlite.content(trial.dump()));
        assertThat(Sqlite.run(target, "PRAGMA page_size")).isEqualTo("512");
    }

    @Test
    void anotherPageSizeInWalModeIsRefusedBeforehandWithTheWayOut() throws Exception {
        Path target = old("wal");
        repage(trial.dump(), 512);

        assertThatThrownBy(() -> trial.restore(target, LONG))
                .isInstanceOf(RestoreException.class)
                .hasMessageContaining("could not compare the page sizes")
                .hasMessageContaining("sqlite3 '" + target + "' 'PRAGMA journal_mode=DELETE'");
        assertThat(Sqlite.run(target, "SELECT * FROM old")).isEqualTo("precious");

        Sqlite.run(target, "PRAGMA journal_mode=DELETE");
        trial.restore(target, LONG);
        assertThat(Sqlite.content(target)).isEqualTo(Sqlite.content(trial.dump()));
    }

    @Test
    void aDamagedDumpTouchesNothing() throws Exception {
        Path target = old("wal");
        try (RandomAccessFile file = new RandomAccessFile(trial.dump().toFile(), "rw")) {
            file.seek(4096);
            file.write(new byte[2048]);
        }

        assertThatThrownBy(() -> trial.restore(target, LONG))
                .isInstanceOf(RestoreException.class)
                .hasMessageContaining("could not check the copy")
                .hasMessageContaining("this dump is not sound");
        assertThat(Sqlite.run(target, "SELECT * FROM old")).isEqualTo("precious");
    }

    @Test
    void anEmptyOrTruncatedDumpNeverEmptiesTheTarget() throws Exception {
        Path target = old("delete");
        Path empty = Files.createFile(folder.resolve("empty"));
        Path half = Files.write(
                folder.resolve("half"),
                Arrays.copyOf(Files.readAllBytes(trial.dump()), (int) Files.size(trial.dump()) - 4096));

        for (Path bad : List.of(empty, half)) {
            assertThatThrownBy(() -> new PlanExecutor(Sqlite.launcher()).restore(trial.planRestore(target, LONG), bad))
                    .isInstanceOf(RestoreException.class)
                    .hasMessageContaining("the dump is not whole");
        }
        assertThat(Sqlite.run(target, "SELECT * FROM old")).isEqualTo("precious");
    }

    @Test
    void aDumpThatVanishesBeforeTheLoadDoesNotEmptyTheTarget() throws Exception {
        Path target = old("delete");

        assertThat(new PlanExecutor(Sqlite.launcher()).flaw(Trial.load(trial.planRestore(target, LONG))))
                .hasValueSatisfying(flaw -> assertThat(flaw).contains("cannot open"));

        assertThat(Sqlite.run(target, "SELECT * FROM old")).isEqualTo("precious");
    }

    @Test
    void aFolderThatMayNotBeWrittenIsFoundBeforeAnythingIsTouched() throws Exception {
        Path target = folder.resolve("data/new/app.sqlite3");
        Path data = Files.createDirectory(folder.resolve("data"));
        makeReadable(data);

        assertThatThrownBy(() ->
                        trial.restore(trial.planRestore(target, SHORT), new UnprivilegedLauncher(Sqlite.launcher())))
                .isInstanceOf(RestoreException.class)
                .hasMessageContaining("could not make sure that this user may write to " + data)
                .hasMessageContaining("the target must be writable");
        assertThat(data.resolve("new")).doesNotExist();
    }

    @Test
    void aTargetThatMayNotBeWrittenIsFoundBeforeAnythingIsTouched() throws Exception {
        Path data = Files.createDirectory(folder.resolve("data"));
        Path target = Files.move(old("delete"), data.resolve("app.sqlite3"));
        makeReadable(data);
        Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwxrwxrwx"));
        Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("r--r--r--"));

        assertThatThrownBy(() ->
                        trial.restore(trial.planRestore(target, SHORT), new UnprivilegedLauncher(Sqlite.launcher())))
                .isInstanceOf(RestoreException.class)
                .hasMessageContaining("could not make sure that this user may write to " + target)
                .hasMessageContaining("the target must be writable");
        assertThat(Sqlite.run(target, "SELECT * FROM old")).isEqualTo("precious");
    }

    /** The fetched dump and all that leads to it and to this folder can be read by everybody. */
    private void makeReadable(Path data) throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("r-xr-xr-x"));
        Files.setPosixFilePermissions(trial.dump(), PosixFilePermissions.fromString("rw-r--r--"));
    }

    private static void own(Path path, int user, int group) throws IOException {
        Files.setAttribute(path, "unix:uid", user);
        Files.setAttribute(path, "unix:gid", group);
    }

    private static String owner(Path path) throws IOException {
        return Files.getAttribute(path, "unix:uid") + ":" + Files.getAttribute(path, "unix:gid");
    }

    private Path old(String journalMode) throws Exception {
        Path target = folder.resolve("app.sqlite3");
        Sqlite.run(
                target,
                "PRAGMA journal_mode=" + journalMode,
                "CREATE TABLE old(a)",
                "INSERT INTO old VALUES ('precious')",
                "CREATE TABLE filler(a)",
                "INSERT INTO filler VALUES (randomblob(200000))",
                "DROP TABLE filler");
        return target;
    }

    private static void repage(Path database, int pageSize) throws Exception {
        Sqlite.run(database, "PRAGMA page_size=" + pageSize, "VACUUM");
    }
}
