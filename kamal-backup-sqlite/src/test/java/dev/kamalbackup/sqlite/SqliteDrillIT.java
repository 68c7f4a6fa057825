package dev.kamalbackup.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kamalbackup.config.DatabaseSettings;
import dev.kamalbackup.drill.Blob;
import dev.kamalbackup.error.RestoreException;
import dev.kamalbackup.plan.ScratchPlan;
import dev.kamalbackup.plan.TableRows;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a drill is told by real sqlite3: rows, foreign keys, blobs, and where it may restore to. */
class SqliteDrillIT {
    @TempDir
    private Path temporary;

    private Path folder;

    @BeforeEach
    void oddFolder() throws Exception {
        folder = Files.createDirectory(temporary.toRealPath().resolve("a \"b\" 'c' \\d"));
    }

    @Test
    void countsEveryTableWhateverItIsCalledAndNoVirtualOne() throws Exception {
        Path file = folder.resolve("app.sqlite3");
        Sqlite.run(
                file,
                "PRAGMA journal_mode = wal",
                "CREATE TABLE users(id INTEGER PRIMARY KEY AUTOINCREMENT, name)",
                "INSERT INTO users(name) VALUES (1), (2), (3)",
                "CREATE TABLE \"o'd\"\"d ; \n name\"(x)",
                "INSERT INTO \"o'd\"\"d ; \n name\" VALUES (1)",
                "CREATE VIEW names AS SELECT name FROM users",
                "CREATE TABLE sqlitely(x)",
                "CREATE VIRTUAL TABLE texts USING fts5(body)",
                "INSERT INTO texts VALUES ('some words')",
                // As if a module made it that sqlite3 does not have.
                "PRAGMA writable_schema = ON",
                "INSERT INTO sqlite_master VALUES ('table', 'far', 'far', 0, 'CREATE VIRTUAL TABLE far USING unknown(x)')",
                "ANALYZE");

        TableRows rows = trial().dumpAndCount(Sqlite.settings(file)).rows();

        assertThat(rows.exact()).isTrue();
        assertThat(rows.tables())
                .containsEntry("users", 3L)
                .containsEntry("o'd\"d ; \n name", 1L)
                .containsEntry("sqlitely", 0L)
                .containsEntry("texts_content", 1L)
                .doesNotContainKeys("names", "texts", "far", "sqlite_sequence", "sqlite_stat1");
        assertThat(trial().rows(Sqlite.settings(file))).isEqualTo(rows.tables());
    }

    @Test
    void aDatabaseWithoutTablesHasNoRows() throws Exception {
        Path file = folder.resolve("app.sqlite3");
        Sqlite.run(file, "PRAGMA user_version = 7");

        assertThat(trial().dumpAndCount(Sqlite.settings(file)).rows()).isEqualTo(TableRows.of(true, Map.of()));
    }

    @Test
    void rowsThatPointNowhereAreFound() throws Exception {
        Path file = folder.resolve("app.sqlite3");
        Sqlite.run(
                file,
                "CREATE TABLE users(id INTEGER PRIMARY KEY, a, b, UNIQUE(a, b))",
                "CREATE TABLE orders(id INTEGER PRIMARY KEY, user_id REFERENCES users, other REFERENCES users(id))",
                "CREATE TABLE \"no'tes\"(x, y, FOREIGN KEY(x, y) REFERENCES users(a, b)) ",
                "INSERT INTO users VALUES (1, 1, 1), (2, 2, 2)",
                "INSERT INTO orders VALUES (1, 1, 1), (2, 77, 1), (3, 78, 2), (4, NULL, 9)",
                "INSERT INTO \"no'tes\" VALUES (1, 1), (1, NULL)");

        assertThat(trial().danglingRows(Sqlite.settings(file)))
                .containsExactlyInAnyOrderEntriesOf(Map.of("orders.user_id", 2L, "orders.other", 1L, "no'tes.x,y", 0L));
    }

    @Test
    void blobsOfActiveStorageAreListedWhicheverVersionOfRailsMadeThem() throws Exception {
        Path file = folder.resolve("app.sqlite3");
        Sqlite.run(
                file,
                "CREATE TABLE active_storage_blobs(key, byte_size, checksum, service_name)",
                "INSERT INTO active_storage_blobs VALUES ('abc', 12, 'bWQ1', 'local'), ('ü x', 0, NULL, 'local')");
        Path old = folder.resolve("old.sqlite3");
        Sqlite.run(
                old,
                "CREATE TABLE active_storage_blobs(key, byte_size, checksum)",
                "INSERT INTO active_storage_blobs VALUES ('old', 1, 'x')");

        Path attached = folder.resolve("attached.sqlite3");
        Sqlite.run(
                attached,
                "CREATE TABLE active_storage_blobs(id, key, byte_size, checksum)",
                "CREATE TABLE active_storage_attachments(blob_id)",
                "INSERT INTO active_storage_blobs VALUES (1, 'kept', 1, NULL), (2, 'given up', 1, NULL)");
        assertThat(trial().blobs(Sqlite.settings(attached))).allMatch(Blob::attached);
        Sqlite.run(attached, "INSERT INTO active_storage_attachments VALUES (1)");
        assertThat(trial().blobs(Sqlite.settings(attached)))
                .filteredOn(Blob::attached)
                .extracting(Blob::key)
                .containsExactly("kept");

        assertThat(trial().blobs(Sqlite.settings(file)))
                .containsExactlyInAnyOrder(
                        new Blob("abc", 12, Optional.of("bWQ1"), Optional.of("local"), true),
                        new Blob("ü x", 0, Optional.empty(), Optional.of("local"), true));
        assertThat(trial().blobs(Sqlite.settings(old)))
                .containsExactly(new Blob("old", 1, Optional.of("x"), Optional.empty(), true));
    }

    @Test
    void lookingLeavesNothingBeside() throws Exception {
        Path file = Sqlite.shop(folder.resolve("app.sqlite3"), "wal");

        trial().rows(Sqlite.settings(file));
        trial().danglingRows(Sqlite.settings(file));

        assertThat(folder.resolve("app.sqlite3-wal")).doesNotExist();
        assertThat(folder.resolve("app.sqlite3-shm")).doesNotExist();
    }

    @Test
    void whatIsNoDatabaseCannotBeLookedAt() throws Exception {
        DatabaseSettings missing = Sqlite.settings(folder.resolve("gone.sqlite3"));
        DatabaseSettings text = Sqlite.settings(Files.writeString(folder.resolve("text"), "text"));

        assertThatThrownBy(() -> trial().rows(missing))
                .isInstanceOf(RestoreException.class)
                .hasMessageContaining("the file does not exist");
        assertThatThrownBy(() -> trial().rows(text))
                .isInstanceOf(RestoreException.class)
                .hasMessageContaining("not a SQLite database");
        assertThat(folder.resolve("gone.sqlite3")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "app.sqlite3",
                "app.sqlite3-wal",
                "app.sqlite3-shm",
                "app.sqlite3-journal",
                "./x/../app.sqlite3",
                "link",
                "linked/app.sqlite3",
                "hard",
                "real.sqlite3",
                "other.sqlite3"
            })
    void aFileOfALiveDatabaseIsRefusedByWhateverName(String name) throws Exception {
        Files.createDirectory(folder.resolve("x"));
        Path live = Sqlite.shop(folder.resolve("app.sqlite3"), "delete");
        Files.createSymbolicLink(folder.resolve("link"), live);
        Files.createSymbolicLink(folder.resolve("linked"), folder);
        Files.createLink(folder.resolve("hard"), live);
        Path other = Files.createSymbolicLink(
                folder.resolve("other.sqlite3"), Sqlite.shop(folder.resolve("real.sqlite3"), "delete"));
        DatabaseSettings settings = Sqlite.settings(live);

        assertThatThrownBy(() -> new SqliteAdapter()
                        .planScratch(
                                settings,
                                List.of(settings, Sqlite.settings(other)),
                                folder + "/" + name,
                                trial().context()))
                .isInstanceOfSatisfying(
                        RestoreException.class,
                        refused -> assertThat(refused.fault().reason())
                                .contains("that is where the configured database app is"));
    }

    @Test
    void aScratchDatabaseMustNotHaveALiveOneAmongItsSideFiles() throws Exception {
        Path live = Sqlite.shop(folder.resolve("drill-wal"), "delete");

        refused(live, folder.resolve("drill").toString(), "that is where the configured database");
    }

    @Test
    void whatCouldBeSomebodysIsRefused() throws Exception {
        Path live = Sqlite.shop(folder.resolve("app.sqlite3"), "delete");
        Files.createDirectory(folder.resolve("folder"));
        Files.writeString(folder.resolve("notes"), "dear diary");

        refused(live, folder.resolve("folder").toString(), "it is a folder");
        refused(live, folder.resolve("notes").toString(), "is not a SQLite database");
        refused(live, folder.resolve("Production/drill").toString(), "looks like production");
        refused(live, folder.resolve("live/drill").toString(), "looks like production");
        refused(live, "", "is empty");
        refused(live, ":memory:", "is no file");
        refused(live, "file:x", "is a URI");
    }

    @Test
    void theFilesOfAScratchDatabaseAreAllThatSqliteMakes() throws Exception {
        Path live = Sqlite.shop(folder.resolve("app.sqlite3"), "delete");
        Path scratch = folder.resolve("drill.sqlite3");

        ScratchPlan plan = new SqliteAdapter()
                .planScratch(
                        DatabaseSettings.of("app", "sqlite").with("database", live.toString()),
                        List.of(),
                        scratch.toString(),
                        trial().context());

        assertThat(plan.files())
                .containsExactly(
                        scratch,
                        folder.resolve("drill.sqlite3-wal"),
                        folder.resolve("drill.sqlite3-shm"),
                        folder.resolve("drill.sqlite3-journal"));
        assertThat(plan.create()).isEmpty();
        assertThat(plan.drop()).isEmpty();
        assertThat(plan.database()).isEqualTo(Sqlite.settings(scratch));
    }

    @Test
    void theUrlIsTheOneOfRails() throws Exception {
        DatabaseSettings settings = Sqlite.settings(Path.of("/data/my app/ü?.sqlite3"));

        assertThat(new SqliteAdapter().url(settings, trial().context()).reveal())
                .isEqualTo("sqlite3:/data/my%20app/%C3%BC%3F.sqlite3");
    }

    private void refused(Path live, String place, String reason) {
        assertThatThrownBy(() -> new SqliteAdapter()
                        .planScratch(Sqlite.settings(live), List.of(Sqlite.settings(live)), place, trial().context()))
                .isInstanceOf(RestoreException.class)
                .hasMessageContaining(reason);
    }

    private dev.kamalbackup.testing.Trial trial() {
        return new dev.kamalbackup.testing.Trial(folder, new SqliteAdapter(), System.getenv());
    }
}
