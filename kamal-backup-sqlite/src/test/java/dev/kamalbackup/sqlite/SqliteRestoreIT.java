package dev.kamalbackup.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kamalbackup.error.RestoreException;
import dev.kamalbackup.plan.CommandStep;
import dev.kamalbackup.plan.LoadStep;
import dev.kamalbackup.plan.RestorePlan;
import dev.kamalbackup.process.ChildProcess;
import dev.kamalbackup.process.ProcessLauncher;
import dev.kamalbackup.testing.PlanExecutor;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Restores into real databases: new ones, ones in use, ones that are locked, and restores that are killed. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class SqliteRestoreIT {
    private static final Duration SHORT = Duration.ofSeconds(1);
    private static final Duration LONG = Duration.ofSeconds(30);

    @TempDir
    private Path temporary;

    private Path folder;
    private Path dump;

    @BeforeEach
    void dumpOfAShop() throws Exception {
        folder = temporary.toRealPath();
        dump = folder.resolve("dump");
        Sqlite.shop(dump, "delete");
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

        restore(target, LONG);

        assertThat(Sqlite.content(target)).isEqualTo(Sqlite.content(dump));
    }

    @ParameterizedTest
    @CsvSource({"wal, wal", "wal, delete", "delete, wal", "delete, delete"})
    void theTargetHasTheContentOfTheDumpAndNothingElse(String dumpMode, String targetMode) throws Exception {
        Sqlite.run(dump, "PRAGMA journal_mode=" + dumpMode);
        Path target = old(targetMode);

        restore(target, LONG);

        assertThat(Sqlite.content(target)).isEqualTo(Sqlite.content(dump));
    }

    @Test
    void aTargetThatIsAnEmptyFileIsFilled() throws Exception {
        Path target = Files.createFile(folder.resolve("app.sqlite3"));

        restore(target, LONG);

        assertThat(Sqlite.content(target)).isEqualTo(Sqlite.content(dump));
    }

    @Test
    void theFileStaysTheSameFileBehindItsLink() throws Exception {
        Path real = old("delete");
        Object key = Files.getAttribute(real, "unix:ino");
        Path link = Files.createSymbolicLink(folder.resolve("link.sqlite3"), real.getFileName());

        restore(link, LONG);

        assertThat(link).isSymbolicLink();
        assertThat(Files.getAttribute(real, "unix:ino")).isEqualTo(key);
        assertThat(Sqlite.content(real)).isEqualTo(Sqlite.content(dump));
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

        restore(target, LONG);

        assertThat(Sqlite.content(target)).isEqualTo(Sqlite.content(dump));
    }

    @Test
    void readersOfAWalDatabaseKeepWhatTheySeeAndThenSeeTheNew() throws Exception {
        Path target = old("wal");
        try (SqliteSession reader = SqliteSession.open(target);
                SqliteSession idle = SqliteSession.open(target)) {
            idle.run("SELECT * FROM old;");
            reader.run("BEGIN; SELECT * FROM old;");

            restore(target, LONG);

            assertThat(reader.run("SELECT * FROM old; COMMIT;")).isEqualTo("precious");
            assertThat(reader.run("SELECT name FROM users WHERE id = 1;")).isEqualTo("Zoë");
            assertThat(idle.run("SELECT name FROM users WHERE id = 1; PRAGMA journal_mode;"))
                    .isEqualTo("Zoë\nwal");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "wal, BEGIN IMMEDIATE; INSERT INTO old VALUES ('open');",
        "delete, BEGIN IMMEDIATE; INSERT INTO old VALUES ('open');",
        "delete, BEGIN; SELECT * FROM old;"
    })
    void aLockOnTheTargetFailsTheRestoreByNameAndChangesNothing(String mode, String lock) throws Exception {
        Path target = old(mode);
        try (SqliteSession app = SqliteSession.open(target)) {
            app.run(lock);

            assertThatThrownBy(() -> restore(target, SHORT))
                    .isInstanceOf(RestoreException.class)
                    .hasMessageContaining("could not lock the database")
                    .hasMessageContaining("database is locked")
                    .hasMessageContaining("stop the app (fuser '" + target + "'");
            app.run("ROLLBACK;");
        }
        assertThat(Sqlite.run(target, "SELECT * FROM old")).isEqualTo("precious");

        restore(target, SHORT);
        assertThat(Sqlite.content(target)).isEqualTo(Sqlite.content(dump));
    }

    @Test
    void aLockTakenBehindThePreflightFailsTheLoadAndChangesNothing() throws Exception {
        Path target = old("delete");
        RestorePlan plan = plan(target, SHORT);
        PlanExecutor executor = new PlanExecutor(Sqlite.launcher());
        executor.fetch(plan, dump);
        try (SqliteSession app = SqliteSession.open(target)) {
            app.run("BEGIN IMMEDIATE;");

            assertThat(executor.flaw(load(plan)))
                    .hasValueSatisfying(flaw -> assertThat(flaw)
                            .contains(
                                    "could not restore the database",
                                    "busy",
                                    "locked or busy means that another process"));
        }
        assertThat(Sqlite.run(target, "SELECT * FROM old")).isEqualTo("precious");
    }

    @Test
    void aLockThatIsReleasedInTimeIsWaitedFor() throws Exception {
        Path target = old("delete");
        try (SqliteSession app = SqliteSession.open(target)) {
            app.run("BEGIN IMMEDIATE;");
            CompletableFuture<Void> restoring = CompletableFuture.runAsync(() -> restoreUnchecked(target, LONG));
            Thread.sleep(2000);
            assertThat(restoring).isNotDone();
            app.run("COMMIT;");
            restoring.get(1, TimeUnit.MINUTES);
        }
        assertThat(Sqlite.content(target)).isEqualTo(Sqlite.content(dump));
    }

    @ParameterizedTest
    @CsvSource({"delete, journal", "wal, wal"})
    void aRestoreThatIsKilledInTheMiddleLeavesTheOldContent(String mode, String sideFile) throws Exception {
        Path target = Sqlite.large(folder.resolve("app.sqlite3"), mode);
        String before = sums(target);
        Files.delete(dump);
        Sqlite.large(dump, "delete");
        assertThat(sums(dump)).isNotEqualTo(before);
        RestorePlan plan = plan(target, LONG);
        new PlanExecutor(Sqlite.launcher()).fetch(plan, dump);
        Path side = folder.resolve("app.sqlite3-" + sideFile);

        try (ChildProcess loading = Sqlite.launcher().start(load(plan).command(), line -> {})) {
            while (!loading.hasEnded() && !(Files.exists(side) && Files.size(side) > 20_000_000)) {
                Thread.sleep(1);
            }
            ProcessHandle.of(loading.pid()).ifPresent(ProcessHandle::destroyForcibly);
            loading.stdout().close();
            assertThat(loading.await(LONG)).hasValue(137);
        }

        assertThat(side).as("it was in the middle").exists();
        assertThat(sums(target)).isEqualTo(before);
        assertThat(Sqlite.run(target, "PRAGMA integrity_check")).isEqualTo("ok");

        restore(target, LONG);
        assertThat(sums(target)).isEqualTo(sums(dump));
    }

    @Test
    void anotherPageSizeIsTakenOverInRollbackMode() throws Exception {
        Path target = old("delete");
        repage(dump, 512);

        restore(target, LONG);

        assertThat(Sqlite.content(target)).isEqualTo(Sqlite.content(dump));
        assertThat(Sqlite.run(target, "PRAGMA page_size")).isEqualTo("512");
    }

    @Test
    void anotherPageSizeInWalModeIsRefusedBeforehandWithTheWayOut() throws Exception {
        Path target = old("wal");
        repage(dump, 512);

        assertThatThrownBy(() -> restore(target, LONG))
                .isInstanceOf(RestoreException.class)
                .hasMessageContaining("could not compare the page sizes")
                .hasMessageContaining("sqlite3 '" + target + "' 'PRAGMA journal_mode=DELETE'");
        assertThat(Sqlite.run(target, "SELECT * FROM old")).isEqualTo("precious");

        Sqlite.run(target, "PRAGMA journal_mode=DELETE");
        restore(target, LONG);
        assertThat(Sqlite.content(target)).isEqualTo(Sqlite.content(dump));
    }

    @Test
    void aDamagedDumpTouchesNothing() throws Exception {
        Path target = old("wal");
        try (RandomAccessFile file = new RandomAccessFile(dump.toFile(), "rw")) {
            file.seek(4096);
            file.write(new byte[2048]);
        }

        assertThatThrownBy(() -> restore(target, LONG))
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
                java.util.Arrays.copyOf(Files.readAllBytes(dump), (int) Files.size(dump) - 4096));

        for (Path bad : java.util.List.of(empty, half)) {
            assertThatThrownBy(() -> new PlanExecutor(Sqlite.launcher()).restore(plan(target, LONG), bad))
                    .isInstanceOf(RestoreException.class)
                    .hasMessageContaining("the dump is not whole");
        }
        assertThat(Sqlite.run(target, "SELECT * FROM old")).isEqualTo("precious");
    }

    @Test
    void aDumpThatVanishesBeforeTheLoadDoesNotEmptyTheTarget() throws Exception {
        Path target = old("delete");

        assertThat(new PlanExecutor(Sqlite.launcher()).flaw(load(plan(target, LONG))))
                .hasValueSatisfying(flaw -> assertThat(flaw).contains("cannot open"));

        assertThat(Sqlite.run(target, "SELECT * FROM old")).isEqualTo("precious");
    }

    @Test
    void aFolderThatMayNotBeWrittenIsFoundBeforeAnythingIsTouched() throws Exception {
        Path target = folder.resolve("data/new/app.sqlite3");
        Path data = Files.createDirectory(folder.resolve("data"));
        makeReadable(data);

        assertThatThrownBy(() -> restoreAs(new UnprivilegedLauncher(Sqlite.launcher()), target))
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

        assertThatThrownBy(() -> restoreAs(new UnprivilegedLauncher(Sqlite.launcher()), target))
                .isInstanceOf(RestoreException.class)
                .hasMessageContaining("could not lock the database")
                .hasMessageContaining("readonly database")
                .hasMessageContaining("may not write to it or to its folder");
        assertThat(Sqlite.run(target, "SELECT * FROM old")).isEqualTo("precious");
    }

    /** The fetched dump and all that leads to it and to this folder can be read by everybody. */
    private void makeReadable(Path data) throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("r-xr-xr-x"));
        Files.setPosixFilePermissions(dump, PosixFilePermissions.fromString("rw-r--r--"));
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

    private static String sums(Path database) throws Exception {
        return Sqlite.run(database, ".sha3sum");
    }

    private static CommandStep load(RestorePlan plan) {
        if (plan.load().get(plan.load().size() - 1) instanceof LoadStep.Run run) {
            return run.step();
        }
        throw new AssertionError("the load is a single program");
    }

    private RestorePlan plan(Path target, Duration lockWait) {
        return new SqliteAdapter(lockWait)
                .planRestore(Sqlite.settings(target), Sqlite.context(folder.resolve("scratch")));
    }

    private void restore(Path target, Duration lockWait) throws IOException {
        new PlanExecutor(Sqlite.launcher()).restore(plan(target, lockWait), dump);
    }

    private void restoreAs(ProcessLauncher launcher, Path target) throws IOException {
        new PlanExecutor(launcher).restore(plan(target, SHORT), dump);
    }

    private void restoreUnchecked(Path target, Duration lockWait) {
        try {
            restore(target, lockWait);
        } catch (IOException failed) {
            throw new java.io.UncheckedIOException(failed);
        }
    }
}
