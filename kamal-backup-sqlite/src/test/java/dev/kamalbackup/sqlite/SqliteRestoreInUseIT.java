package dev.kamalbackup.sqlite;

import static dev.kamalbackup.sqlite.Trial.LONG;
import static dev.kamalbackup.sqlite.Trial.SHORT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kamalbackup.error.RestoreException;
import dev.kamalbackup.plan.RestorePlan;
import dev.kamalbackup.process.ChildProcess;
import dev.kamalbackup.testing.PlanExecutor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Restores into databases that others read and lock, and restores that are killed. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class SqliteRestoreInUseIT {
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

    @Test
    void readersOfAWalDatabaseKeepWhatTheySeeAndThenSeeTheNew() throws Exception {
        Path target = old("wal");
        try (SqliteSession reader = SqliteSession.open(target);
                SqliteSession idle = SqliteSession.open(target)) {
            idle.run("SELECT * FROM old;");
            reader.run("BEGIN; SELECT * FROM old;");

            trial.restore(target, LONG);

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

            assertThatThrownBy(() -> trial.restore(target, SHORT))
                    .isInstanceOf(RestoreException.class)
                    .hasMessageContaining("could not lock the database")
                    .hasMessageContaining("database is locked")
                    .hasMessageContaining("stop the app (fuser '" + target + "'");
            app.run("ROLLBACK;");
        }
        assertThat(Sqlite.run(target, "SELECT * FROM old")).isEqualTo("precious");

        trial.restore(target, SHORT);
        assertThat(Sqlite.content(target)).isEqualTo(Sqlite.content(trial.dump()));
    }

    @Test
    void aLockTakenBehindThePreflightFailsTheLoadAndChangesNothing() throws Exception {
        Path target = old("delete");
        RestorePlan plan = trial.planRestore(target, SHORT);
        PlanExecutor executor = new PlanExecutor(Sqlite.launcher());
        executor.fetch(plan, trial.dump());
        try (SqliteSession app = SqliteSession.open(target)) {
            app.run("BEGIN IMMEDIATE;");

            assertThat(executor.flaw(Trial.load(plan)))
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
            CompletableFuture<Void> restoring = Trial.aside(() -> trial.restore(target, LONG));
            Thread.sleep(2000);
            assertThat(restoring).isNotDone();
            app.run("COMMIT;");
            restoring.get(1, TimeUnit.MINUTES);
        }
        assertThat(Sqlite.content(target)).isEqualTo(Sqlite.content(trial.dump()));
    }

    @ParameterizedTest
    @CsvSource({"delete, journal", "wal, wal"})
    void aRestoreThatIsKilledInTheMiddleLeavesTheOldContent(String mode, String sideFile) throws Exception {
        Path target = Sqlite.large(folder.resolve("app.sqlite3"), mode);
        String before = fingerprint(target);
        Files.delete(trial.dump());
        Sqlite.large(trial.dump(), "delete");
        assertThat(fingerprint(trial.dump())).isNotEqualTo(before);
        RestorePlan plan = trial.planRestore(target, LONG);
        new PlanExecutor(Sqlite.launcher()).fetch(plan, trial.dump());
        Path side = folder.resolve("app.sqlite3-" + sideFile);

        try (ChildProcess loading = Sqlite.launcher().start(Trial.load(plan).command(), line -> {})) {
            while (!loading.hasEnded() && !(Files.exists(side) && Files.size(side) > 20_000_000)) {
                Thread.sleep(1);
            }
            ProcessHandle.of(loading.pid()).ifPresent(ProcessHandle::destroyForcibly);
            loading.stdout().close();
            assertThat(loading.await(LONG)).hasValue(137);
        }

        assertThat(side).as("it was in the middle").exists();
        assertThat(fingerprint(target)).isEqualTo(before);
        assertThat(Sqlite.run(target, "PRAGMA integrity_check")).isEqualTo("ok");

        trial.restore(target, LONG);
        assertThat(fingerprint(target)).isEqualTo(fingerprint(trial.dump()));
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

    private static String fingerprint(Path database) throws Exception {
        // Four random bytes of every row: two rows fill a page, so every page counts.
        return Integer.toHexString(
                Sqlite.run(database, "SELECT group_concat(hex(substr(pad, 1, 4)), '') FROM a", "SELECT sum(v) FROM b")
                        .hashCode());
    }
}
