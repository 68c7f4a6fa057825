package dev.kamalbackup.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kamalbackup.catalog.RunChoice;
import dev.kamalbackup.cli.CliLab.Answer;
import dev.kamalbackup.error.Fault;
import dev.kamalbackup.error.RestoreException;
import dev.kamalbackup.restore.PartChoice;
import dev.kamalbackup.restore.RestoreRequest;
import dev.kamalbackup.restore.RestoreScope;
import dev.kamalbackup.spi.RestoreOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the commands that bring something back make of their arguments, and what they ask and show. */
class RestoreCommandsTest {
    private final CannedVerbs verbs = new CannedVerbs();

    @TempDir
    private Path folder;

    private CliLab lab;

    @BeforeEach
    void aLab() {
        lab = new CliLab(folder).library(verbs);
    }

    @Test
    void aRestoreAsksFirstAndShowsWhatItWouldReplace() {
        Answer refused = lab.atTerminal("n\n").run("restore", "local", "20261123T090000Z");

        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.err())
                .contains("run 20261123T090000Z, 3 h old, complete")
                .contains("replaces everything in /laptop/app.sqlite3")
                .contains("aborted")
                .contains("nothing was changed");
        assertThat(verbs.asked).containsExactly(RestoreRequest.of(RunChoice.of("20261123T090000Z")), "close");

        Answer confirmed = lab.atTerminal("y\n").run("restore", "local");

        assertThat(confirmed.exitCode()).isZero();
        assertThat(confirmed.out()).isEqualTo("""
                run 20261123T090000Z restored at 2026-11-23T09:00:09Z
                to undo: kamal-backup restore local 20261123T100000Z
                """);
    }

    @Test
    void aRestoreIsNeverCarriedOutUnaskedWhereNobodySits() {
        Answer answer = lab.run("restore", "local");

        assertThat(answer.exitCode()).isEqualTo(2);
        assertThat(answer.err()).contains("confirmation required; rerun with --yes");
        assertThat(verbs.asked).doesNotContain("restored");
    }

    @Test
    void aDryRunOfARestoreChangesNothing() {
        Answer answer = lab.run("restore", "local", "--dry-run");

        assertThat(answer.exitCode()).isZero();
        assertThat(answer.out()).contains("/laptop/app.sqlite3").contains("nothing was done (--dry-run)");
        assertThat(verbs.asked).containsExactly(RestoreRequest.latest(), "close");
    }

    @Test
    void aRestoreOfPartsOfARunAsOfATimeIsAskedForAsGiven() {
        lab.run(
                "restore",
                "local",
                "--dry-run",
                "--at",
                "2026-11-23 14:30",
                "--only",
                "database:a,database:b",
                "--only",
                "files",
                "--incomplete",
                "--terminate-connections");
        lab.run("restore", "local", "--dry-run", "--path", "/data/a", "--path", "/data/b");

        assertThat(verbs.asked)
                .containsExactly(
                        new RestoreRequest(
                                RestoreScope.LOCAL,
                                new RunChoice.At(Instant.parse("2026-11-23T14:30:00Z")),
                                new PartChoice(false, Set.of("a", "b"), true, List.of()),
                                true,
                                false,
                                true,
                                new RestoreOptions(true)),
                        "close",
                        RestoreRequest.latest()
                                .only(new PartChoice(
                                        false, Set.of(), false, List.of(Path.of("/data/a"), Path.of("/data/b")))),
                        "close");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--at yesterday          | --at expects a time such as",
                "--at 2026-11-23 latest  | leave out RUN",
                "--only app              | \"app\" is no part of a run",
            })
    void aRestoreThatCannotBeMeantIsRefusedBeforeAnythingIsOpened(String arguments, String reason) {
        Answer answer = lab.run(("restore local " + arguments).split(" +", -1));

        assertThat(answer.exitCode()).isEqualTo(2);
        assertThat(answer.err()).contains(reason);
        assertThat(verbs.asked).isEmpty();
    }

    @Test
    void aDumpGoesToStandardOutputOrIntoANewFile() throws Exception {
        Answer plain = lab.run("dump", "latest", "app");
        Answer json = lab.run("dump", "latest", "app", "--output", "app.dump", "--json");
        Answer again = lab.run("dump", "latest", "app", "--output", "app.dump");
        Answer nowhere = lab.run("dump", "latest", "app", "--output", "no/such/folder");
        Answer mixed = lab.run("dump", "latest", "app", "--json");

        assertThat(plain.out()).isEqualTo("the dump of app");
        assertThat(plain.err())
                .contains("databases/shop/app/sqlite.sqlite3 of run 20261123T090000Z (complete), 15 bytes");
        assertThat(json.out()).contains("\"kind\" : \"dump\"", "\"bytes\" : 15");
        assertThat(folder.resolve("app.dump")).hasContent("the dump of app");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("app.dump"))))
                .isEqualTo("rw-------");
        assertThat(again.exitCode()).isEqualTo(1);
        assertThat(again.err()).contains("it exists already");
        assertThat(nowhere.err()).contains("NoSuchFileException");
        assertThat(mixed.exitCode()).isEqualTo(2);
        assertThat(folder.toFile().list()).containsExactly("app.dump");
    }

    @Test
    void aDumpThatBreaksOffLeavesNoFile() {
        verbs.failure = new RestoreException(new Fault("fetch the dump", "x", "it broke off", "try again"));

        assertThat(lab.run("dump", "latest", "app", "--output", "app.dump").exitCode())
                .isEqualTo(1);

        assertThat(folder.toFile().list()).isEmpty();
    }
}
