package dev.kamalbackup.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kamalbackup.config.DatabaseSettings;
import dev.kamalbackup.error.ConfigurationException;
import dev.kamalbackup.error.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SqliteAdapterTest {
    private static final DatabaseSettings EMPTY = DatabaseSettings.of("app", "sqlite3");

    private final SqliteAdapter adapter = new SqliteAdapter();

    @TempDir
    private Path folder;

    @Test
    void itAnswersToItsIdAndTheNameThatRailsUses() {
        assertThat(adapter.description().id()).isEqualTo("sqlite");
        assertThat(adapter.description().answersTo("SQLite3")).isTrue();
        assertThat(adapter.description().dumpExtension()).isEqualTo("sqlite3");
        assertThat(adapter.description().tools()).extracting("program").containsExactly("sqlite3");
    }

    @Test
    void aPathIsRequired() {
        assertThat(adapter.check(EMPTY))
                .containsExactly(new Problem("", "path", "is missing; give the path of the SQLite file"));
        assertThatThrownBy(() -> adapter.planDump(EMPTY, new PlainContext(folder, true)))
                .isInstanceOf(ConfigurationException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", ":memory:", "file:/data/app.sqlite3", "/", "a\u0000b"})
    void whatCannotBeAFileIsRefused(String path) {
        assertThat(adapter.check(EMPTY.with("path", path)))
                .extracting(Problem::key)
                .containsExactly("path");
        assertThat(adapter.check(EMPTY.with("database", path)))
                .extracting(Problem::key)
                .containsExactly("database");
    }

    @Test
    void databaseIsAnotherNameForPathButMustNotContradictIt() {
        assertThat(adapter.check(EMPTY.with("database", "/data/app.sqlite3"))).isEmpty();
        assertThat(adapter.location(EMPTY.with("database", "/data/app.sqlite3")))
                .isEqualTo("/data/app.sqlite3");
        assertThat(adapter.check(EMPTY.with("database", "/a").with("path", "/a")))
                .isEmpty();
        assertThat(adapter.check(EMPTY.with("database", "/a").with("path", "/b")))
                .extracting(Problem::key)
                .containsExactly("database");
    }

    @Test
    void theLocationIsTheAbsolutePath() {
        assertThat(adapter.location(EMPTY.with("path", "./storage/app.sqlite3")))
                .isEqualTo(Path.of("storage/app.sqlite3").toAbsolutePath().toString());
        assertThat(adapter.location(EMPTY)).isEqualTo("a SQLite file");
    }

    @Test
    void theLiveFilesAreTheDatabaseAndAllThatSqliteKeepsBesideIt() {
        assertThat(adapter.liveFiles(EMPTY.with("path", "/nowhere/app.sqlite3")))
                .containsExactly(
                        Path.of("/nowhere/app.sqlite3"),
                        Path.of("/nowhere/app.sqlite3-wal"),
                        Path.of("/nowhere/app.sqlite3-shm"),
                        Path.of("/nowhere/app.sqlite3-journal"));
        assertThat(adapter.liveFiles(EMPTY)).isEmpty();
    }

    @Test
    void theLiveFilesAreThoseOfTheLinkAndOfWhatItLeadsTo() throws IOException {
        Path real = folder.toRealPath().resolve("volume");
        Files.createDirectory(real);
        Files.createFile(real.resolve("real.sqlite3"));
        Path link = Files.createSymbolicLink(folder.resolve("app.sqlite3"), real.resolve("real.sqlite3"));

        assertThat(adapter.liveFiles(Sqlite.settings(link)))
                .hasSize(8)
                .contains(
                        link,
                        folder.resolve("app.sqlite3-wal"),
                        real.resolve("real.sqlite3"),
                        real.resolve("real.sqlite3-journal"));
    }

    @Test
    void aLinkedFolderCountsEvenWhileTheDatabaseIsMissing() throws IOException {
        Path real = Files.createDirectory(folder.toRealPath().resolve("volume"));
        Path link = Files.createSymbolicLink(folder.resolve("storage"), real);

        assertThat(adapter.liveFiles(Sqlite.settings(link.resolve("app.sqlite3"))))
                .contains(link.resolve("app.sqlite3"), real.resolve("app.sqlite3"), real.resolve("app.sqlite3-wal"));
    }

    @Test
    void aStepUpBehindALinkLeadsWhereTheFileSystemSays() throws IOException {
        Path volume = Files.createDirectories(folder.toRealPath().resolve("volume/inner"));
        Files.createSymbolicLink(folder.resolve("storage"), volume);
        Path written = folder.resolve("storage").resolve("..").resolve("app.sqlite3");

        assertThat(adapter.liveFiles(Sqlite.settings(written)))
                .contains(folder.toRealPath().resolve("volume/app.sqlite3"))
                .doesNotContain(folder.resolve("app.sqlite3"));
    }

    @Test
    void linksThatLeadToEachOtherDoNotKeepTheOtherFilesFromBeingBackedUp() throws IOException {
        Path one = folder.resolve("one");
        Path two = Files.createSymbolicLink(folder.resolve("two"), one);
        Files.createSymbolicLink(one, two);

        assertThat(adapter.liveFiles(Sqlite.settings(one))).contains(one).hasSize(4);
    }

    @Test
    void allProblemsAreReportedAtOnce() {
        List<Problem> problems = adapter.check(EMPTY.with("path", ":memory:").with("database", " "));

        assertThat(problems).hasSize(3);
    }
}
