package dev.kamalbackup.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kamalbackup.cli.CliLab.Answer;
import dev.kamalbackup.drill.DrillRequest;
import dev.kamalbackup.drill.Outcome;
import dev.kamalbackup.drill.ScratchPlaces;
import dev.kamalbackup.restore.PartChoice;
import dev.kamalbackup.restore.RestoreRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a person must say before production is replaced, and what a drill asks and answers. */
class ProductionCommandsTest {
    private static final RestoreRequest PRODUCTION = RestoreRequest.latest().intoProduction();

    private final CannedVerbs verbs = new CannedVerbs();

    @TempDir
    private Path folder;

    private CliLab lab;

    @BeforeEach
    void aLab() {
        lab = new CliLab(folder).library(verbs);
    }

    @Test
    void productionIsRestoredWhenAllThreeQuestionsAreAnswered() {
        Answer answer = lab.atTerminal("shop\nRESTORE PRODUCTION\ny\n").run("restore", "production");

        assertThat(answer.exitCode()).isZero();
        assertThat(answer.err()).contains("replaces everything in").contains("backed up first: /nowhere/storage");
        assertThat(answer.out()).isEqualTo("""
                run 20261123T090000Z restored at 2026-11-23T09:00:09Z
                to undo: kamal-backup restore production 20261123T100000Z
                """);
        assertThat(verbs.asked).containsExactly(PRODUCTION, "restored", "close");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n",
                "y\ny\ny\n",
                "Shop\nRESTORE PRODUCTION\ny\n",
                "shop\nrestore production\ny\n",
                "shop\nRESTORE PRODUCTION\n\n",
                "shop\nRESTORE PRODUCTION\nno\n"
            })
    void productionIsNotRestoredWhenAnyAnswerIsAnother(String typed) {
        Answer answer = lab.atTerminal(typed).run("restore", "production");

        assertThat(answer.exitCode()).isEqualTo(1);
        assertThat(answer.err()).contains("aborted");
        assertThat(verbs.asked).doesNotContain("restored");
    }

    @Test
    void yesAloneDoesNotRestoreProduction() {
        Answer atTerminal = lab.atTerminal("shop\nRESTORE PRODUCTION\ny\n").run("restore", "production", "--yes");

        assertThat(atTerminal.exitCode()).isEqualTo(2);
        assertThat(atTerminal.err()).contains("--yes does not bypass the questions of restore production");
        assertThat(verbs.asked).isEmpty();
    }

    @Test
    void productionIsNotRestoredUnaskedWhereNobodySits() {
        Answer answer = lab.run("restore", "production");

        assertThat(answer.exitCode()).isEqualTo(2);
        assertThat(answer.err()).contains("confirmation required").contains("--confirm-production-restore");
        assertThat(verbs.asked).isEmpty();
    }

    @Test
    void aProgramConfirmsByTheOptionForIt() {
        Answer answer = lab.run(
                "restore", "production", "20261123T090000Z", "--confirm-production-restore", "--json", "--in-place");

        assertThat(answer.exitCode()).isZero();
        assertThat(answer.out()).contains("\"scope\" : \"production\"", "\"safety_run\" : \"20261123T100000Z\"");
        assertThat(verbs.asked).contains("restored");
    }

    @Test
    void theOldVariableThatAllowedItHasNoPower() {
        Answer answer =
                lab.with("KAMAL_BACKUP_ALLOW_PRODUCTION_RESTORE", "true").run("restore", "production", "--yes");

        assertThat(answer.exitCode()).isEqualTo(2);
        assertThat(verbs.asked).isEmpty();
    }

    @Test
    void aDryRunNeedsNobody() {
        Answer answer = lab.run("restore", "production", "--dry-run", "--no-safety-backup");

        assertThat(answer.exitCode()).isZero();
        assertThat(answer.out()).contains("NOT backed up first").contains("nothing was done (--dry-run)");
        assertThat(verbs.asked).containsExactly(PRODUCTION.withoutSafetyBackup(), "close");
    }

    @Test
    void onALaptopProductionIsNeverRestoredByAccident() throws Exception {
        Files.createDirectories(folder.resolve("config"));
        Files.writeString(folder.resolve("config/deploy.yml"), "service: shop\n");

        Answer nobody = lab.run("restore", "production", "--confirm-production-restore");
        Answer configured = lab.with("KAMAL_BACKUP_CONFIG", "config/kamal-backup.yml")
                .run("restore", "production", "--confirm-production-restore");

        assertThat(nobody.exitCode()).isEqualTo(1);
        assertThat(nobody.err()).contains("cannot find Kamal").contains("gem install kamal");
        assertThat(configured.exitCode()).isEqualTo(1);
        assertThat(configured.err()).contains("checkout, not the accessory").contains("unset KAMAL_BACKUP_CONFIG");
        assertThat(verbs.asked).isEmpty();
    }

    @Test
    void aDrillOfProductionGoesWhereItIsToldAndSaysWhatItFound() {
        Answer answer = lab.run(
                "drill",
                "production",
                "--database",
                "scratch",
                "--sqlite-path",
                "/restore/app.sqlite3",
                "--files",
                "/restore/elsewhere",
                "--check",
                "bin/check",
                "--all-blobs",
                "--keep",
                "--only",
                "files",
                "--yes");

        assertThat(answer.exitCode()).isZero();
        assertThat(answer.out())
                .contains(
                        "database app: 501 rows in 3 tables, as many as when it was backed up, 2 foreign keys followed")
                .contains("files of Active Storage: 20 of 20 blobs found, the content of 20 compared")
                .contains("check: passed: all there")
                .contains("drill of run 20261123T090000Z: passed in 90 s (plan 1.2 s)");
        assertThat(verbs.asked)
                .containsExactly(
                        new DrillRequest(
                                PRODUCTION.only(PartChoice.of(List.of("files"), List.of())),
                                new ScratchPlaces(
                                        Optional.of("scratch"),
                                        Optional.of(Path.of("/restore/app.sqlite3")),
                                        Path.of("/restore/elsewhere")),
                                Optional.of("bin/check"),
                                true,
                                true,
                                Optional.empty()),
                        "close");
    }

    @Test
    void aDrillThatDidNotPassEndsWithOneAndItsDocument() {
        verbs.drillOutcome = Outcome.FAILED;

        Answer json = lab.run("drill", "local", "--yes", "--json");
        Answer words = lab.run("drill", "local", "--yes");

        assertThat(json.exitCode()).isEqualTo(1);
        assertThat(json.out()).contains("\"outcome\" : \"failed\"", "\"status\" : \"failed\"");
        assertThat(words.exitCode()).isEqualTo(1);
        assertThat(words.err()).contains("kamal-backup: database app: table users is missing");
        assertThat(words.out()).contains("drill of run 20261123T090000Z: failed");
    }

    @Test
    void aDrillAsksFirst() {
        Answer nobody = lab.run("drill", "production");
        Answer no = lab.atTerminal("n\n").run("drill", "local");

        assertThat(nobody.exitCode()).isEqualTo(2);
        assertThat(nobody.err()).contains("confirmation required; rerun with --yes");
        assertThat(no.exitCode()).isEqualTo(1);
        assertThat(no.err()).contains("aborted");
    }

    @Test
    void aDryRunOfADrillShowsTheScratchPlaces() {
        Answer words = lab.run("drill", "production", "--dry-run");
        Answer json = lab.run("drill", "production", "--dry-run", "--json");

        assertThat(words.out()).contains("all of these are scratch places").contains("nothing was done");
        assertThat(json.out()).contains("\"kind\" : \"drill_plan\"");
    }

    @Test
    void aDrillNeedsAPlace() {
        Answer answer = lab.run("drill");

        assertThat(answer.exitCode()).isEqualTo(2);
        assertThat(answer.err()).contains("say where to drill: drill local, or drill production");
    }
}
