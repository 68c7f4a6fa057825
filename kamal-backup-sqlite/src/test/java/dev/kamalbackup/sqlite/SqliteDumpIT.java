package dev.kamalbackup.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kamalbackup.error.DumpException;
import dev.kamalbackup.plan.DumpPlan;
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

/** Dumps of real databases while others use them, lock them, have died over them. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class SqliteDumpIT {
    private static final Duration SHORT = Duration.ofSeconds(1);
    private static final Duration LONG = Duration.ofSeconds(30);

    @TempDir
    private Path temporary;

    private Path folder;
    private Path dump;

    @BeforeEach
    void realFolder() throws IOException {
        folder = temporary.toRealPath();
        dump = folder.resolve("dump");
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

        dump(database, LONG);

        assertThat(Sqlite.content(dump)).isEqualTo(Sqlite.content(database)).contains("Zoë", "日本", "o''Neil");
    }

    @ParameterizedTest
    @CsvSource({"512, wal", "512, delete", "4096, wal", "4096, delete", "65536, wal", "65536, delete"})
    void everyPageSizeAndJournalModeProvesWhole(int pageSize, String journalMode) throws Exception {
        Path database = folder.resolve("app.sqlite3");
        Sqlite.run(database, "PRAGMA page_size=" + pageSize, "PRAGMA journal_mode=" + journalMode);
        Sqlite.shop(database, journalMode);
        Sqlite.run(database, "DELETE FROM users WHERE photo IS NOT NULL");

        dump(database, LONG);

        assertThat(Files.size(dump) % pageSize).isZero();
        assertThat(Sqlite.content(dump)).isEqualTo(Sqlite.content(database));
    }

    @Test
    void aDatabaseWithoutTablesIsADatabase() throws Exception {
        Path database = folder.resolve("app.sqlite3");
        Sqlite.run(database, "PRAGMA user_version=7");

        dump(database, LONG);

        assertThat(Sqlite.run(dump, "PRAGMA user_version")).isEqualTo("7");
    }

    @ParameterizedTest
    @ValueSource(strings = {"wal", "delete"})
    void aWriterThatNeverStopsCannotKeepTheCopyFromEndingNorTearIt(String journalMode) throws Exception {
        Path database = Sqlite.large(folder.resolve("app.sqlite3"), journalMode);
        assertThat(Files.size(database)).isGreaterThan(100_000_000L);
        int before;
        int after;
        try (BusyWriter writer = BusyWriter.on(database)) {
            while (commits(database) < 20) {
                Thread.sleep(10);
            }
            before = commits(database);

            dump(database, LONG);

            int atTheEnd = commits(database);
            while (commits(database) < atTheEnd + 20) {
                Thread.sleep(10);
            }
            assertThat(writer.stop()).as("what the writer met").isEmpty();
            after = commits(database);
        }

        assertThat(commits(dump)).isBetween(before, after - 20);
        assertThat(Sqlite.run(dump, "SELECT (SELECT sum(v) FROM a) = (SELECT sum(v) FROM b)"))
                .isEqualTo("1");
        assertThat(Sqlite.run(dump, "SELECT sum(v) = 25000 + 3 * (SELECT n FROM commits) FROM a"))
                .isEqualTo("1");
    }

    @Test
    void whatAKilledWriterLeftHalfDoneIsRolledBackInTheCopy() throws Exception {
        Path database = Sqlite.shop(folder.resolve("app.sqlite3"), "delete");
        Sqlite.run(
                database,
                "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000)"
                        + " INSERT INTO users(photo) SELECT randomblob(1000) FROM n");
        String before = Sqlite.content(database);
        byte[] rawBefore = Files.readAllBytes(database);
        try (SqliteSession writer = SqliteSession.open(database)) {
            // A tiny cache spills the change into the file before it is committed.
            writer.run("PRAGMA cache_size=5; BEGIN; UPDATE users SET photo = randomblob(1000);");
            writer.kill();
        }
        assertThat(folder.resolve("app.sqlite3-journal")).isNotEmptyFile();
        assertThat(Files.readAllBytes(database)).isNotEqualTo(rawBefore);

        dump(database, LONG);

        assertThat(Sqlite.content(dump)).isEqualTo(before);
    }

    @Test
    void whatAKilledWriterCommittedToTheLogIsInTheCopyAndTheRestIsNot() throws Exception {
        Path database = Sqlite.shop(folder.resolve("app.sqlite3"), "wal");
        try (SqliteSession writer = SqliteSession.open(database)) {
            writer.run("PRAGMA wal_autocheckpoint=0; INSERT INTO users(name) VALUES ('committed');");
            writer.run("PRAGMA cache_size=5; BEGIN; INSERT INTO users(name, photo)"
                    + " VALUES ('uncommitted', randomblob(1000000));");
            writer.kill();
        }
        assertThat(folder.resolve("app.sqlite3-wal")).isNotEmptyFile();

        dump(database, LONG);

        assertThat(Sqlite.content(dump)).contains("'committed'").doesNotContain("'uncommitted'");
    }

    @Test
    void aLockThatIsNotReleasedFailsTheDumpAndIsNamed() throws Exception {
        Path database = Sqlite.shop(folder.resolve("app.sqlite3"), "delete");
        try (SqliteSession holder = SqliteSession.open(database)) {
            holder.run("BEGIN EXCLUSIVE;");

            assertThatThrownBy(() -> dump(database, SHORT))
                    .isInstanceOf(DumpException.class)
                    .hasMessageContaining("could not copy the database")
                    .hasMessageContaining("database is locked")
                    .hasMessageContaining("fuser '" + database + "'");
        }
        assertThat(dump).doesNotExist();
        assertThat(folder.resolve("scratch/copy.sqlite3")).doesNotExist();
    }

    @Test
    void aLockThatIsReleasedInTimeIsWaitedFor() throws Exception {
        Path database = Sqlite.shop(folder.resolve("app.sqlite3"), "delete");
        try (SqliteSession holder = SqliteSession.open(database)) {
            holder.run("BEGIN EXCLUSIVE; INSERT INTO users(name) VALUES ('late');");
            CompletableFuture<Void> dumping = CompletableFuture.runAsync(() -> dumpUnchecked(database, LONG));
            Thread.sleep(2000);
            assertThat(dumping).isNotDone();
            holder.run("COMMIT;");
            dumping.get(1, TimeUnit.MINUTES);
        }

        assertThat(Sqlite.content(dump)).contains("'late'");
    }

    @Test
    void aSourceThatVanishesAfterPlanningIsNotMadeAnew() throws Exception {
        Path database = Sqlite.shop(folder.resolve("app.sqlite3"), "delete");
        DumpPlan plan = plan(database, LONG);
        Files.delete(database);

        assertThatThrownBy(() -> execute(plan, Sqlite.launcher()))
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

        assertThatThrownBy(() -> dump(database, LONG))
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

        dump(database, LONG);

        assertThat(Sqlite.content(dump)).isEqualTo(Sqlite.content(database));
    }

    @Test
    void theUsersOwnStartUpFileIsNotRead() throws Exception {
        Path database = Sqlite.shop(folder.resolve("app.sqlite3"), "wal");
        Files.writeString(folder.resolve(".sqliterc"), ".print noise\nATTACH 'x.db' AS x;\n");
        DumpPlan plan = new SqliteAdapter(LONG)
                .planDump(
                        Sqlite.settings(database),
                        new dev.kamalbackup.run.PlanningContext(
                                java.util.Map.of("PATH", System.getenv("PATH"), "HOME", folder.toString()),
                                folder.resolve("scratch"),
                                Sqlite.launcher(),
                                new dev.kamalbackup.process.Cancellation()));

        execute(plan, Sqlite.launcher());

        assertThat(Sqlite.content(dump)).isEqualTo(Sqlite.content(database));
    }

    @Test
    void aDatabaseBehindALinkIsDumpedWithItsLog() throws Exception {
        Path volume = Files.createDirectory(folder.resolve("volume"));
        Path database = Sqlite.shop(volume.resolve("real.sqlite3"), "wal");
        Path link = Files.createSymbolicLink(folder.resolve("app.sqlite3"), database);
        try (SqliteSession app = SqliteSession.open(link)) {
            app.run("INSERT INTO users(name) VALUES ('only in the log');");

            dump(link, LONG);
        }

        assertThat(Sqlite.content(dump)).contains("only in the log");
    }

    @Test
    void aDatabaseThatMayOnlyBeReadIsDumpedInRollbackMode() throws Exception {
        Path database = readOnly("delete");

        execute(plan(database, LONG), new UnprivilegedLauncher(Sqlite.launcher()));

        assertThat(Sqlite.content(dump)).contains("Zoë");
    }

    @Test
    void aWalDatabaseInAFolderThatMayOnlyBeReadFailsAndSaysWhatToDo() throws Exception {
        Path database = readOnly("wal");

        assertThatThrownBy(() -> execute(plan(database, LONG), new UnprivilegedLauncher(Sqlite.launcher())))
                .isInstanceOf(DumpException.class)
                .hasMessageContaining("readonly database")
                .hasMessageContaining("let this user write to " + database.getParent());
    }

    private Path readOnly(String journalMode) throws Exception {
        Path data = Files.createDirectory(folder.resolve("data"));
        Path database = Sqlite.shop(data.resolve("app.sqlite3"), journalMode);
        Files.setPosixFilePermissions(database, PosixFilePermissions.fromString("r--r--r--"));
        Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("r-xr-xr-x"));
        Files.createDirectory(folder.resolve("scratch"));
        Files.setPosixFilePermissions(folder.resolve("scratch"), PosixFilePermissions.fromString("rwxrwxrwx"));
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        return database;
    }

    private static int commits(Path database) throws Exception {
        return Integer.parseInt(Sqlite.run(database, "SELECT n FROM commits"));
    }

    private DumpPlan plan(Path database, Duration lockWait) {
        return new SqliteAdapter(lockWait)
                .planDump(Sqlite.settings(database), Sqlite.context(folder.resolve("scratch")));
    }

    private void dump(Path database, Duration lockWait) throws IOException {
        execute(plan(database, lockWait), Sqlite.launcher());
    }

    private void dumpUnchecked(Path database, Duration lockWait) {
        try {
            dump(database, lockWait);
        } catch (IOException failed) {
            throw new java.io.UncheckedIOException(failed);
        }
    }

    private void execute(DumpPlan plan, ProcessLauncher launcher) throws IOException {
        new PlanExecutor(launcher).dump(plan, folder.resolve("scratch"), dump);
    }
}
