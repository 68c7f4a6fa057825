package dev.kamalbackup.sqlite;

import static dev.kamalbackup.sqlite.Trial.LONG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kamalbackup.error.DumpException;
import dev.kamalbackup.plan.DumpPlan;
import dev.kamalbackup.process.Cancellation;
import dev.kamalbackup.run.PlanningContext;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Dumps of real databases of every kind, and of what only looks like one. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class SqliteDumpIT {
    @TempDir
    private Path temporary;

    private Path folder;
    private Trial trial;

    @BeforeEach
    void realFolder() throws IOException {
        folder = temporary.toRealPath();
        trial = new Trial(folder);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "app.sqlite3",
                "with space.sqlite3",
                "o d?#%\"'\\é\n&=x;|$(id)`id`*[a]\t.db",
                "-readonly",
                ".help",
                "%41?mode=memory",
                "日本.sqlite3",
                "no extension"
            })
    void anyFileNameWorks(String name) throws Exception {
        Path database = Sqlite.shop(folder.resolve(name), "wal");

        trial.dump(database, LONG);

        assertThat(Sqlite.content(trial.dump()))
                .isEqualTo(Sqlite.content(database))
                .contains("Zoë", "日本", "o''Neil");
    }

    @ParameterizedTest
    @CsvSource({"512, wal", "512, delete", "4096, wal", "4096, delete", "65536, wal", "65536, delete"})
    void everyPageSizeAndJournalModeProvesWhole(int pageSize, String journalMode) throws Exception {
        Path database = folder.resolve("app.sqlite3");
        Sqlite.run(database, "PRAGMA page_size=" + pageSize, "PRAGMA user_version=1");
        Sqlite.shop(database, journalMode);
        Sqlite.run(database, "DELETE FROM users WHERE photo IS NOT NULL");

        trial.dump(database, LONG);

        assertThat(Files.size(trial.dump()) % pageSize).isZero();
        assertThat(Sqlite.content(trial.dump())).isEqualTo(Sqlite.content(database));
    }

    @Test
    void aDatabaseWithoutTablesIsADatabase() throws Exception {
        Path database = folder.resolve("app.sqlite3");
        Sqlite.run(database, "PRAGMA user_version=7");

        trial.dump(database, LONG);

        assertThat(Sqlite.run(trial.dump(), "PRAGMA user_version")).isEqualTo("7");
    }

    @Test
    void aSourceThatVanishesAfterPlanningIsNotMadeAnew() throws Exception {
        Path database = Sqlite.shop(folder.resolve("app.sqlite3"), "delete");
        DumpPlan plan = trial.planDump(database, LONG);
        Files.delete(database);

        assertThatThrownBy(() -> trial.dump(plan, Sqlite.launcher()))
                .isInstanceOf(DumpException.class)
                .hasMessageContaining("unable to open database");
        assertThat(database).doesNotExist();
    }

    @Test
    void aDamagedDatabaseIsNotTakenForAGoodOne() throws Exception {
        Path database = Sqlite.shop(folder.resolve("app.sqlite3"), "delete");
        try (RandomAccessFile file = new RandomAccessFile(database.toFile(), "rw")) {
            file.seek(4096);
            file.write(new byte[2048]);
        }

        assertThatThrownBy(() -> trial.dump(database, LONG))
                .isInstanceOf(DumpException.class)
                .hasMessageContaining("could not check the copy")
                .hasMessageContaining("PRAGMA integrity_check");
    }

    @Test
    void rowsThatBreakAConditionAreNoDamage() throws Exception {
        Path database = folder.resolve("app.sqlite3");
        Sqlite.run(
                database,
                "CREATE TABLE ages(age INT CHECK (age > 0))",
                "PRAGMA ignore_check_constraints=ON",
                "INSERT INTO ages VALUES (-1)");

        trial.dump(database, LONG);

        assertThat(Sqlite.content(trial.dump())).isEqualTo(Sqlite.content(database));
    }

    @Test
    void theUsersOwnStartUpFileIsNotRead() throws Exception {
        Path database = Sqlite.shop(folder.resolve("app.sqlite3"), "wal");
        Files.writeString(folder.resolve(".sqliterc"), ".print noise\nATTACH 'x.db' AS x;\n");
        DumpPlan plan = new SqliteAdapter(LONG)
                .planDump(
                        Sqlite.settings(database),
                        new PlanningContext(
                                Map.of("PATH", System.getenv("PATH"), "HOME", folder.toString()),
                                trial.scratch(),
                                Sqlite.launcher(),
                                new Cancellation()));

        trial.dump(plan, Sqlite.launcher());

        assertThat(Sqlite.content(trial.dump())).isEqualTo(Sqlite.content(database));
    }

    @Test
    void aDatabaseThatMayOnlyBeReadIsDumpedInRollbackMode() throws Exception {
        Path database = readOnly("delete");

        trial.dump(trial.planDump(database, LONG), new UnprivilegedLauncher(Sqlite.launcher()));

        assertThat(Sqlite.content(trial.dump())).contains("Zoë");
    }

    @Test
    void aWalDatabaseInAFolderThatMayOnlyBeReadFailsAndSaysWhatToDo() throws Exception {
        Path database = readOnly("wal");

        assertThatThrownBy(
                        () -> trial.dump(trial.planDump(database, LONG), new UnprivilegedLauncher(Sqlite.launcher())))
                .isInstanceOf(DumpException.class)
                .hasMessageContaining("readonly database")
                .hasMessageContaining("let this user write to " + database.getParent());
    }

    private Path readOnly(String journalMode) throws Exception {
        Path data = Files.createDirectory(folder.resolve("data"));
        Path database = Sqlite.shop(data.resolve("app.sqlite3"), journalMode);
        Files.setPosixFilePermissions(database, PosixFilePermissions.fromString("r--r--r--"));
        Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("r-xr-xr-x"));
        Files.createDirectory(trial.scratch());
        Files.setPosixFilePermissions(trial.scratch(), PosixFilePermissions.fromString("rwxrwxrwx"));
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        return database;
    }
}
