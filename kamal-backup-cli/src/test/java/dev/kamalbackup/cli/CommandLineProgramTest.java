package dev.kamalbackup.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kamalbackup.cli.CliLab.Answer;
import dev.kamalbackup.diagnosis.Finding;
import dev.kamalbackup.error.ConfigurationException;
import dev.kamalbackup.error.Fault;
import dev.kamalbackup.error.RepositoryException;
import dev.kamalbackup.error.RestoreException;
import dev.kamalbackup.run.BackupAnswer;
import dev.kamalbackup.run.BackupRequest;
import dev.kamalbackup.run.PartOutcome;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineProgramTest {
    private final CannedVerbs verbs = new CannedVerbs();
    private final CliLab lab = new CliLab(Path.of("/nowhere")).library(verbs);

    @Test
    void aBackupRunsAtOnceAndPrintsItsResultAlone() {
        Answer answer = lab.run("backup");

        assertThat(answer.exitCode()).isZero();
        assertThat(answer.out().lines())
                .containsExactly(
                        "database app: 01234567, 2.0 KiB", "run 20261123T090000Z complete at 2026-11-23T09:00:05Z");
        assertThat(answer.err()).isEmpty();
        assertThat(verbs.asked).containsExactly(BackupRequest.now(), "close");
    }

    @Test
    void aDoctorThatFindsNothingBadExitsWithZero() {
        Answer answer = lab.run("doctor");

        assertThat(answer.exitCode()).isZero();
        assertThat(answer.out()).isEqualTo("ok    restic  0.19.1 (restic)\n");
    }

    @Test
    void whatIsBadIsAlignedOnOneLineWithItsFix() {
        verbs.findings = List.of(
                Finding.ok("restic", "0.19.1"),
                Finding.failed("repository", "cannot open it:\n  no such host", "see the DNS"),
                Finding.warning("locks", "held by joe", "wait"));

        Answer answer = lab.run("validate", "--deep");

        assertThat(answer.exitCode()).isEqualTo(1);
        assertThat(answer.out()).isEqualTo("""
                ok    restic      0.19.1
                FAIL  repository  cannot open it: no such host
                                  fix: see the DNS
                warn  locks       held by joe
                                  fix: wait
                """);
        assertThat(verbs.asked).contains("validate deep");
        assertThat(lab.run("validate").out()).isEqualTo("ok\n");
    }

    @Test
    void optionsOfABackupReachTheLibrary() {
        lab.run("backup", "--if-due", "--force");

        assertThat(verbs.asked).startsWith(BackupRequest.now().ifDue().forced());
    }

    @Test
    void aDryRunOfABackupShowsEveryPartAndDoesNothing() {
        Answer answer = lab.run("backup", "--dry-run");

        assertThat(answer.exitCode()).isZero();
        assertThat(answer.err()).isEmpty();
        assertThat(answer.out())
                .contains("run 20261123T090000Z of shop, as host shop-backup")
                .contains("  first  sqlite3 '/data/it'\\''s.sqlite3'\n")
                .contains("  as     databases/shop/app/sqlite.sqlite3\n")
                .contains("  CANNOT ")
                .contains("not found on the PATH")
                .contains("  but    /data/storage/tmp\n")
                .contains("kamal-backup, app:shop, type:files, path:data-storage, run:20261123T090000Z, parts:3")
                .endsWith("nothing was done (--dry-run)\n");
        assertThat(verbs.asked).containsExactly("plan", "close");
    }

    @Test
    void aBackupThatIsNotDueOrSwitchedOffIsNoFailureAndTellsHowToForceIt() {
        verbs.answer = new BackupAnswer.NotDue(CannedVerbs.RUN_TIME, CannedVerbs.RUN_TIME.plusSeconds(86400));
        Answer notDue = lab.run("backup", "--if-due");
        verbs.answer = new BackupAnswer.Disabled();
        Answer disabled = lab.run("backup");

        assertThat(notDue.exitCode()).isZero();
        assertThat(notDue.out()).contains("next is due at 2026-11-24T09:00:00Z").contains("kamal-backup backup\n");
        assertThat(disabled.exitCode()).isZero();
        assertThat(disabled.out()).contains("backup.enabled is false").contains("--force");
    }

    @Test
    void aFailedPartIsToldWithWhatToDoNextOnStandardError() {
        verbs.answer = new BackupAnswer.Made(CannedVerbs.result(
                12,
                new PartOutcome.Failed("database app", "cannot back up app: no such table", "look at the app"),
                new PartOutcome.NotTried("files", "the repository did not open")));

        Answer answer = lab.run("backup");

        assertThat(answer.exitCode()).isEqualTo(12);
        assertThat(answer.out()).isEmpty();
        assertThat(answer.err())
                .contains("kamal-backup: cannot back up app: no such table\n  next: look at the app\n")
                .contains("files was not tried: the repository did not open")
                .contains("run 20261123T090000Z is incomplete");
    }

    @ParameterizedTest
    @CsvSource({"MISSING, 10", "LOCKED, 11", "WRONG_PASSWORD, 12", "FAILED, 1"})
    void theRepositorysTroubleIsInTheExitCode(RepositoryException.Kind kind, int exitCode) {
        verbs.failure = new RepositoryException(kind, new Fault("list", "/repo", "it is so", "do this"));

        Answer answer = lab.run("list");

        assertThat(answer.exitCode()).isEqualTo(exitCode);
        assertThat(answer.out()).isEmpty();
        assertThat(answer.err()).contains("/repo").contains("it is so").contains("  next: do this");
    }

    @ParameterizedTest
    @CsvSource({
        "bakup, unknown command, backup",
        "backup --if-dew, unknown option, --if-due",
        "backup extra, unexpected argument, --help",
        "restore, restore local, --help",
        "restore lokal, unknown command, local",
        "list --dry-run, unknown option, --help",
        "help nothing, unknown command, backup",
        "restore local '', RUN must not be empty, --help"
    })
    void whatCannotBeFollowedIsAMisuseWithTheNearestThing(String line, String reason, String hint) {
        Answer answer = lab.run(line.replace("''", " ").split("(?<! ) ", -1));

        assertThat(answer.exitCode()).isEqualTo(2);
        assertThat(answer.out()).isEmpty();
        assertThat(answer.err()).contains(reason).contains(hint);
        assertThat(verbs.asked).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "backup --json",
                "backup --dry-run --json",
                "list --json",
                "restore local --dry-run --json",
                "restore local --yes --json",
                "version --json",
                "help --json",
                "help restore local --json",
                "--help --json",
                "backup --help --json",
                "--version --json",
                "bakup --json",
                "restore local --json"
            })
    void jsonIsOneDocumentAndNothingElse(String line) throws Exception {
        Answer answer = lab.run(line.split(" "));

        JsonNode document = new ObjectMapper()
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .readTree(answer.out());
        assertThat(document.path("schema_version").asInt()).isEqualTo(1);
        assertThat(document.path("kind").asText()).isNotEmpty();
        assertThat(document.path("kind").asText().equals("error")).isEqualTo(answer.exitCode() != 0);
    }

    @Test
    void allProblemsOfAConfigurationAreOneDocument() throws Exception {
        verbs.failure = ConfigurationException.of("databases[0].pasword", "unknown key; did you mean password?");

        Answer answer = lab.run("list", "--json");

        assertThat(answer.exitCode()).isEqualTo(2);
        assertThat(new ObjectMapper()
                        .readTree(answer.out())
                        .at("/error/problems")
                        .path(0)
                        .path("key")
                        .asText())
                .isEqualTo("databases[0].pasword");
        assertThat(answer.err()).contains("databases[0].pasword");
    }

    @Test
    void aListIsATable() {
        Answer answer = lab.run("list");

        assertThat(answer.out().lines())
                .containsExactly(
                        "RUN               AGE  SIZE     STATE     PARTS",
                        "20261123T090000Z  3 h  2.0 KiB  complete  app=01234567");
    }

    @Test
    void secretsOfTheEnvironmentAreHiddenInWhateverIsPrinted() {
        verbs.failure = new RestoreException(
                new Fault("restore", "mysql://u:canary-9f@db/x", "the server said canary-9f", "use canary-9f"));

        Answer plain = lab.with("MYSQL_PWD", "canary-9f").run("list");
        Answer json = lab.run("list", "--json");

        assertThat(plain.err()).contains("the server said [REDACTED]").doesNotContain("canary-9f");
        assertThat(json.out() + json.err()).contains("[REDACTED]").doesNotContain("canary-9f");
    }

    @Test
    void whatShouldNeverHappenIsToldWithoutAStackAndWithOneOnRequest() {
        verbs.failure = new IllegalStateException("it is not so");
        Answer answer = lab.run("backup");
        Answer debug = lab.with("KAMAL_BACKUP_DEBUG", "1").run("backup");

        assertThat(answer.exitCode()).isEqualTo(1);
        assertThat(answer.err())
                .contains("IllegalStateException: it is not so")
                .contains("KAMAL_BACKUP_DEBUG=1")
                .doesNotContain("\tat ");
        assertThat(debug.err()).contains("\tat dev.kamalbackup");
    }

    @Test
    void aFileNameCannotSteerTheTerminal() {
        verbs.failure = new RestoreException(new Fault("restore", "/data/\u001b[2Jx", "no", ""));

        assertThat(lab.run("list").err()).contains("/data/?[2Jx").doesNotContain("\u001b");
    }

    @Test
    void anUnknownLogLevelIsAMistakeInTheConfiguration() {
        Answer answer = lab.with("KAMAL_BACKUP_LOG_LEVEL", "loud").run("list");

        assertThat(answer.exitCode()).isEqualTo(2);
        assertThat(answer.err()).contains("KAMAL_BACKUP_LOG_LEVEL").contains("error, warn, info");
    }

    @Test
    void theHelpNamesEveryCommandAndExitCode() {
        Answer answer = lab.run("help");

        assertThat(answer.out()).contains(List.of("backup", "list", "restore", "version", "help", "143"));
        assertThat(lab.run("--help").out()).isEqualTo(answer.out());
        assertThat(lab.run().out()).isEqualTo(answer.out());
    }
}
