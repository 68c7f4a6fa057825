package dev.kamalbackup.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kamalbackup.error.DumpException;
import dev.kamalbackup.error.RestoreException;
import dev.kamalbackup.error.ToolException;
import dev.kamalbackup.plan.CommandStep;
import dev.kamalbackup.plan.DumpPlan;
import dev.kamalbackup.plan.DumpSource;
import dev.kamalbackup.plan.LoadStep;
import dev.kamalbackup.plan.RestorePlan;
import dev.kamalbackup.spi.RestoreOptions;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plans as data: no program runs here. */
class SqlitePlanTest {
    private static final List<String> FIXED = List.of("-batch", "-bail", "-init", "/dev/null");

    private final SqliteAdapter adapter = new SqliteAdapter();

    @TempDir
    private Path temporary;

    private Path folder;
    private Path scratch;

    @BeforeEach
    void realFolder() throws IOException {
        folder = temporary.toRealPath();
        scratch = folder.resolve("scratch");
    }

    @Test
    void aDumpCopiesWithinAReadTransactionAndChecksTheCopy() throws IOException {
        Path database = database("app.sqlite3");

        DumpPlan plan = planDump(database);

        assertThat(plan.prepare()).hasSize(1);
        CommandStep copy = plan.prepare().get(0);
        assertThat(copy.command().program()).isEqualTo("sqlite3");
        assertThat(copy.command().arguments())
                .startsWith(FIXED.toArray(String[]::new))
                .endsWith(
                        "file:" + database + "?mode=rw",
                        ".timeout 60000",
                        ".output /dev/null",
                        "PRAGMA mmap_size = 9223372036854775807",
                        ".output stdout",
                        "BEGIN",
                        "SELECT count(*) >= 0 FROM sqlite_master",
                        ".backup --async file:" + scratch + "/copy.sqlite3");
        assertThat(copy.expectedOutput()).isEqualTo("1");
        assertThat(plan.alongside()).singleElement().satisfies(check -> {
            assertThat(check.command().arguments())
                    .contains("file:" + scratch + "/copy.sqlite3?mode=ro&immutable=1", "PRAGMA quick_check(10)");
            assertThat(check.expectedOutput()).isEqualTo("ok");
        });
        assertThat(plan.source()).isEqualTo(new DumpSource.ScratchFile(scratch.resolve("copy.sqlite3")));
        assertThat(plan.location()).isEqualTo(database.toString());
        assertThat(planDump(database)).isEqualTo(plan);
    }

    @Test
    void sqliteSeesTheBasicsOfTheEnvironmentAndNothingElse() throws IOException {
        Path database = database("app.sqlite3");

        assertThat(Stream.concat(planDump(database).prepare().stream(), planRestore(database).preflight().stream()))
                .allSatisfy(step ->
                        assertThat(step.command().environment().names()).containsExactlyInAnyOrder("PATH", "LC_ALL"));
    }

    @Test
    void aLinkIsFollowedAndTheConfiguredNameIsShown() throws IOException {
        Path database = database("real.sqlite3");
        Path link = Files.createSymbolicLink(folder.resolve("link.sqlite3"), database);

        DumpPlan plan = planDump(link);

        assertThat(plan.location()).isEqualTo(link.toString());
        assertThat(plan.prepare().get(0).command().arguments()).contains("file:" + database + "?mode=rw");
    }

    @Test
    void aMissingProgramComesWithTheCommandThatInstallsIt() throws IOException {
        Path database = database("app.sqlite3");
        PlainContext bare = new PlainContext(scratch, false);

        assertThatThrownBy(() -> adapter.planDump(Sqlite.settings(database), bare))
                .isInstanceOf(ToolException.class)
                .hasMessageContaining("back up database app")
                .extracting("hint")
                .asString()
                .contains("apt-get install sqlite3");
        assertThatThrownBy(() -> adapter.planRestore(Sqlite.settings(database), RestoreOptions.none(), bare))
                .isInstanceOf(ToolException.class)
                .hasMessageContaining("restore database app");
    }

    @Test
    void aMissingDatabaseIsNoEmptyDatabase() {
        refusesDump(folder.resolve("gone.sqlite3"), "the file does not exist");
        refusesDump(folder.resolve("no/such/folder.sqlite3"), "the file does not exist");
        assertThat(folder.resolve("gone.sqlite3")).doesNotExist();
        assertThat(scratch).doesNotExist();
    }

    @Test
    void whatIsNoSqliteDatabaseIsRefusedInWords() throws IOException {
        refusesDump(Files.createDirectory(folder.resolve("folder")), "it is a folder");
        refusesDump(Files.createFile(folder.resolve("empty.sqlite3")), "the file is empty");
        refusesDump(
                Files.writeString(folder.resolve("text.sqlite3"), "hello\n".repeat(1000)),
                "does not begin with the header of a SQLite database");
        refusesDump(Files.writeString(folder.resolve("short.sqlite3"), "SQLite format 3\0"), "does not begin");
        refusesDump(Path.of("/dev/null"), "it is not a regular file");
    }

    @Test
    void aFileWhereAFolderShouldBeAndLinksInACircleAreExplained() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        refusesDump(file.resolve("app.sqlite3"), "Not a directory");
        Path one = folder.resolve("one");
        Files.createSymbolicLink(one, Files.createSymbolicLink(folder.resolve("two"), one));
        refusesDump(one, "Too many levels of symbolic links");
        refusesRestore(one, "a link leads to itself");
    }

    @Test
    void noCopyIsBegunThatWouldFillTheDisk() throws IOException {
        Path database = database("huge.sqlite3");
        long free = Files.getFileStore(folder).getUsableSpace();
        try (RandomAccessFile file = new RandomAccessFile(database.toFile(), "rw")) {
            // A sparse file: it has this length and takes no room.
            file.setLength(free + (1L << 30));
        }

        refusesDump(database, "bytes and " + folder + " has ");
    }

    @Test
    void aRestoreChecksTheDumpAndTheTargetBeforeItTouchesAnything() throws IOException {
        Path target = database("app.sqlite3");

        RestorePlan plan = planRestore(target);

        assertThat(plan.preflight())
                .extracting(CommandStep::name)
                .containsExactly(
                        "check the copy",
                        "make sure that this user may write to " + folder,
                        "make sure that this user may write to " + target,
                        "lock the database");
        assertThat(plan.load())
                .singleElement()
                .satisfies(load -> assertThat(arguments(load))
                        .endsWith(
                                "file:" + target + "?mode=rwc",
                                ".timeout 60000",
                                ".restore file:" + scratch + "/restore.sqlite3?mode=ro&immutable=1"));
        assertThat(plan.verify()).singleElement().satisfies(check -> {
            assertThat(check.command().arguments()).contains("file:" + target + "?mode=rw", "PRAGMA quick_check(10)");
            assertThat(check.expectedOutput()).isEqualTo("ok");
        });
        assertThat(plan.dump()).isEqualTo(scratch.resolve("restore.sqlite3"));
        assertThat(planRestore(target)).isEqualTo(plan);
    }

    @Test
    void aMissingTargetGetsItsFolderFirst() {
        Path target = folder.resolve("-new/storage/app.sqlite3");

        RestorePlan plan = planRestore(target);

        assertThat(plan.preflight())
                .extracting(CommandStep::name)
                .containsExactly("check the copy", "make sure that this user may write to " + folder);
        assertThat(plan.load()).hasSize(2);
        assertThat(arguments(plan.load().get(0))).containsExactly("-p", "--", folder + "/-new/storage");
        assertThat(folder.resolve("-new")).doesNotExist();
    }

    @Test
    void aTargetBehindALinkIsMadeWhereTheLinkLeads() throws IOException {
        Path volume = Files.createDirectory(folder.resolve("volume"));
        Path link = Files.createSymbolicLink(folder.resolve("app.sqlite3"), Path.of("volume/real.sqlite3"));

        assertThat(arguments(planRestore(link).load().get(0))).contains("file:" + volume + "/real.sqlite3?mode=rwc");
    }

    @Test
    void thePageSizeMattersOnlyInWalMode() throws IOException {
        byte[] wal = Headers.file(512, 512, 4);
        ByteBuffer.wrap(wal).put(18, (byte) 2);
        Path target = Files.write(folder.resolve("wal.sqlite3"), wal);

        assertThat(planRestore(target).preflight()).last().satisfies(step -> {
            assertThat(step.name()).isEqualTo("compare the page sizes");
            assertThat(step.expectedOutput()).isEqualTo("512");
            assertThat(step.hint()).contains("sqlite3 '" + target + "' 'PRAGMA journal_mode=DELETE'");
        });
    }

    @Test
    void anEmptyTargetIsATarget() throws IOException {
        assertThat(planRestore(Files.createFile(folder.resolve("empty.sqlite3")))
                        .preflight())
                .hasSize(3);
    }

    @Test
    void whatIsNoDatabaseIsNotOverwritten() throws IOException {
        refusesRestore(Files.createDirectory(folder.resolve("folder")), "it is a folder");
        refusesRestore(Path.of("/dev/null"), "it is not a regular file");
        refusesRestore(
                Files.writeString(folder.resolve("notes.txt"), "precious\n".repeat(100)),
                "the file there is not a SQLite database, or its header is damaged");
        assertThat(Files.readString(folder.resolve("notes.txt"))).startsWith("precious");
    }

    @Test
    void aHintCanBePastedIntoAShell() throws IOException {
        Path database = database("it's here.sqlite3");

        assertThat(planDump(database).prepare().get(0).hint()).contains("fuser '" + folder + "/it'\\''s here.sqlite3'");
    }

    private Path database(String name) throws IOException {
        return Files.write(folder.resolve(name), Headers.file(4096, 4096, 2));
    }

    private DumpPlan planDump(Path database) {
        return adapter.planDump(Sqlite.settings(database), new PlainContext(scratch, true));
    }

    private RestorePlan planRestore(Path target) {
        return adapter.planRestore(Sqlite.settings(target), RestoreOptions.none(), new PlainContext(scratch, true));
    }

    private void refusesDump(Path database, String reason) {
        assertThatThrownBy(() -> planDump(database))
                .isInstanceOf(DumpException.class)
                .hasMessageContaining("cannot back up database app (" + database + ")")
                .hasMessageContaining(reason)
                .extracting("hint")
                .asString()
                .isNotBlank();
    }

    private void refusesRestore(Path target, String reason) {
        assertThatThrownBy(() -> planRestore(target))
                .isInstanceOf(RestoreException.class)
                .hasMessageContaining("cannot restore database app (" + target + ")")
                .hasMessageContaining(reason)
                .extracting("hint")
                .asString()
                .isNotBlank();
    }

    private static List<String> arguments(LoadStep load) {
        if (load instanceof LoadStep.Run run) {
            return run.step().command().arguments();
        }
        throw new AssertionError("not a single program: " + load.name());
    }
}
