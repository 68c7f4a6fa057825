package dev.kamalbackup.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kamalbackup.config.DatabaseSettings;
import dev.kamalbackup.plan.TableRows;
import dev.kamalbackup.testing.Backups;
import dev.kamalbackup.testing.TestRepository;
import dev.kamalbackup.testing.Tools;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows are counted beside a dump, and whatever goes wrong with that the dump is good. */
class RowCountingIT {
    /** Two tables; names in hexadecimal: {@code users}, and {@code a b} with a newline behind it. */
    private static final String COUNTS = "echo '501 7573657273'; echo '3 6120620a'";

    private static final TableRows TABLES = TableRows.of(true, Map.of("users", 501L, "a b\n", 3L));

    @TempDir
    private Path folder;

    private TestRepository repository;

    @BeforeEach
    void aRepository() throws Exception {
        repository = TestRepository.create(folder.resolve("repository"), Tools.restic());
    }

    @AfterEach
    void nothingIsLeftRunning() {
        assertThat(ProcessHandle.current().descendants()).isEmpty();
    }

    @Test
    void rowsAreCountedBesideTheDumpAndKeptInTheHistory() throws Exception {
        assertThat(saved(script("echo END").with("rows", COUNTS)).rows()).contains(TABLES);

        assertThat(Files.readString(folder.resolve("state/history.jsonl")))
                .contains("\"rows\":{\"exact\":true,\"tables\":{\"a b\\n\":3,\"users\":501}}");
    }

    @Test
    void theDumperSeesTheViewThatIsCountedIn() throws Exception {
        // bash -c SCRIPT ARGUMENT: the view's name comes as $0
        DatabaseSettings database = script("echo \"$0\"; echo END")
                .with(
                        "session",
                        "read open; [ \"$open\" = open ] && echo 7-1; read count; [ \"$count\" = count ] && " + COUNTS);

        PartOutcome.Saved saved = saved(database);

        assertThat(saved.rows()).contains(TABLES);
        assertThat(saved.warnings()).isEmpty();
        assertThat(repository.run("dump", "latest", "/databases/shop/app/script.txt"))
                .isEqualTo("view=7-1\nEND\n");
    }

    @Test
    void theSessionStaysOpenUntilTheDumpFlows() {
        Path open = folder.resolve("open");
        DatabaseSettings database = script("sleep 1; [ -e '" + open + "' ] && echo END")
                .with(
                        "session",
                        "touch '" + open + "'; read o; echo 7-1; read c; " + COUNTS + "; cat >/dev/null; rm '" + open
                                + "'");

        assertThat(saved(database).rows()).contains(TABLES);
        assertThat(open).doesNotExist();
    }

    @Test
    void aCountThatFailsIsToldAndTheDumpIsGood() {
        PartOutcome.Saved saved = saved(script("echo END").with("rows", "echo 'no such table' >&2; exit 3"));

        assertThat(saved.rows()).isEqualTo(Optional.empty());
        assertThat(saved.warnings()).containsExactly("the rows were not counted: bash failed: no such table");
    }

    @Test
    void aViewThatCannotBeOpenedIsToldAndTheDumpMakesItsOwn() throws Exception {
        PartOutcome.Saved saved =
                saved(script("echo \"$0\"; echo END").with("session", "echo 'not on a standby' >&2; exit 3"));

        assertThat(saved.rows()).isEmpty();
        assertThat(saved.warnings()).singleElement().asString().contains("not on a standby");
        assertThat(repository.run("dump", "latest", "/databases/shop/app/script.txt"))
                .isEqualTo("/bin/bash\nEND\n");
    }

    @Test
    void anAnswerThatIsNoCountIsNotTakenForOne() {
        PartOutcome.Saved saved = saved(script("echo END").with("rows", COUNTS + "; echo 'WARNING: x'"));

        assertThat(saved.rows()).isEmpty();
        assertThat(saved.warnings()).singleElement().asString().contains("WARNING: x");
    }

    @Test
    void aDumpThatFailsEndsTheCounting() {
        BackupResult result =
                Backups.backup(settings(script("echo oops >&2; exit 9").with("rows", "sleep 300")));

        assertThat(result.complete()).isFalse();
    }

    private PartOutcome.Saved saved(DatabaseSettings database) {
        BackupResult result = Backups.backup(settings(database));
        assertThat(result.parts()).singleElement().isInstanceOf(PartOutcome.Saved.class);
        return (PartOutcome.Saved) result.parts().get(0);
    }

    private dev.kamalbackup.config.Settings settings(DatabaseSettings database) {
        return Backups.settings(folder, repository.settings(), List.of(database), List.of());
    }

    private static DatabaseSettings script(String dump) {
        return Backups.script("app", dump);
    }
}
