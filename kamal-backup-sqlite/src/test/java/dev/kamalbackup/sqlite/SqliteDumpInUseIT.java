package dev.kamalbackup.sqlite;

import static dev.kamalbackup.sqlite.Trial.LONG;
import static dev.kamalbackup.sqlite.Trial.SHORT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kamalbackup.error.DumpException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Dumps of databases that others write to, lock, or have died over. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class SqliteDumpInUseIT {
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

            trial.dump(database, LONG);

            int atTheEnd = commits(database);
            while (commits(database) < atTheEnd + 20) {
                Thread.sleep(10);
            }
            assertThat(writer.stop()).as("what the writer met").isEmpty();
            after = commits(database);
        }

        assertThat(commits(trial.dump())).isBetween(before, after - 20);
        assertThat(Sqlite.run(trial.dump(), "SELECT (SELECT sum(v) FROM a) = (SELECT sum(v) FROM b)"))
                .isEqualTo("1");
        assertThat(Sqlite.run(trial.dump(), "SELECT sum(v) = 25000 + 3 * (SELECT n FROM commits) FROM a"))
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

        trial.dump(database, LONG);

        assertThat(Sqlite.content(trial.dump())).isEqualTo(before);
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

        trial.dump(database, LONG);

        assertThat(Sqlite.content(trial.dump())).contains("'committed'").doesNotContain("'uncommitted'");
    }

    @Test
    void aLockThatIsNotReleasedFailsTheDumpAndIsNamed() throws Exception {
        Path database = Sqlite.shop(folder.resolve("app.sqlite3"), "delete");
        try (SqliteSession holder = SqliteSession.open(database)) {
            holder.run("BEGIN EXCLUSIVE;");

            assertThatThrownBy(() -> trial.dump(database, SHORT))
                    .isInstanceOf(DumpException.class)
                    .hasMessageContaining("could not copy the database")
                    .hasMessageContaining("database is locked")
                    .hasMessageContaining("fuser '" + database + "'");
        }
        assertThat(trial.dump()).doesNotExist();
        assertThat(folder.resolve("scratch/copy.sqlite3")).doesNotExist();
    }

    @Test
    void aLockThatIsReleasedInTimeIsWaitedFor() throws Exception {
        Path database = Sqlite.shop(folder.resolve("app.sqlite3"), "delete");
        try (SqliteSession holder = SqliteSession.open(database)) {
            holder.run("BEGIN EXCLUSIVE; INSERT INTO users(name) VALUES ('late');");
            CompletableFuture<Void> dumping = Trial.aside(() -> trial.dump(database, LONG));
            Thread.sleep(2000);
            assertThat(dumping).isNotDone();
            holder.run("COMMIT;");
            dumping.get(1, TimeUnit.MINUTES);
        }

        assertThat(Sqlite.content(trial.dump())).contains("'late'");
    }

    @Test
    void aDatabaseBehindALinkIsDumpedWithItsLog() throws Exception {
        Path volume = Files.createDirectory(folder.resolve("volume"));
        Path database = Sqlite.shop(volume.resolve("real.sqlite3"), "wal");
        Path link = Files.createSymbolicLink(folder.resolve("app.sqlite3"), database);
        try (SqliteSession app = SqliteSession.open(link)) {
            app.run("INSERT INTO users(name) VALUES ('only in the log');");

            trial.dump(link, LONG);
        }

        assertThat(Sqlite.content(trial.dump())).contains("only in the log");
    }

    private static int commits(Path database) throws Exception {
        return Integer.parseInt(Sqlite.run(database, "SELECT n FROM commits"));
    }
}
