package dev.kamalbackup.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kamalbackup.cli.CliLab.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** From a checkout, commands run in the accessory: which, with which arguments, and what comes back. */
class RemoteCommandsTest {
    private static final String RUN = "20261123T030000Z";
    private static final String CONFIRMED = "kamal-backup restore production " + RUN + " --confirm-production-restore";

    private final CannedVerbs verbs = new CannedVerbs();

    @TempDir
    private Path folder;

    private FakeKamal kamal;
    private CliLab lab;

    @BeforeEach
    void aCheckout() throws IOException {
        kamal = new FakeKamal(folder);
        lab = kamal.lab().library(verbs);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '>',
            value = {
                "backup --force > backup --force",
                "list --json > list --json",
                "--json list > list --json",
                "check --read-data-subset 1/10 > check --read-data-subset 1/10",
                "unlock > unlock",
                "prune > prune",
                "evidence > evidence",
                "status > status",
                "doctor > doctor",
                "dump latest app > dump latest app",
                "restore production --confirm-production-restore > restore production latest --confirm-production-restore",
                "restore production --only files --dry-run > restore production latest --only files --dry-run",
                "restore production --at 2026-11-23 --dry-run > restore production --at 2026-11-23 --dry-run",
                "drill production -y --check true --database scratch > drill production latest --files /restore/files"
                        + " --yes --database scratch --check true",
                "-d staging schedule > schedule",
                "schedule -c config/other.yml > schedule"
            })
    void commandsGoToTheAccessoryOnceItsVersionIsKnown(String line, String remote) throws IOException {
        Answer answer = lab.run(line.split(" "));

        assertThat(answer.exitCode()).as("%s", answer).isZero();
        assertThat(answer.out()).isEqualTo("a result\n");
        assertThat(kamal.remote()).containsExactly("kamal-backup version", "kamal-backup " + remote);
        assertThat(verbs.asked).isEmpty();
    }

    @Test
    void whatKamalIsCalledWith() throws IOException {
        lab.run("-c", "config/x.yml", "list", "-d", "staging", "-h", "192.0.2.1");

        assertThat(kamal.calls())
                .containsExactly(
                        "config|-c|config/x.yml|-d|staging|--version|latest",
                        "accessory|exec|-c|config/x.yml|-d|staging|--hosts|192.0.2.1|--interactive|--reuse|backup|"
                                + "kamal-backup version",
                        "accessory|exec|-c|config/x.yml|-d|staging|--hosts|192.0.2.1|--interactive|--reuse|backup|"
                                + "kamal-backup list --framed=TOKEN,tied");
    }

    @ParameterizedTest
    @ValueSource(strings = {"schedule", "restore local --yes", "drill local --yes"})
    void theseStayHere(String line) throws IOException {
        lab.run(line.split(" "));

        assertThat(kamal.calls()).isEmpty();
        assertThat(verbs.asked).isNotEmpty();
    }

    @Test
    void elsewhereAndWithAnotherConfigurationEverythingStaysHere() throws IOException {
        assertThat(lab.with("KAMAL_BACKUP_CONFIG", "config/kamal-backup.yml")
                        .run("list")
                        .out())
                .startsWith("RUN ");
        assertThat(kamal.calls()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"validate", "help", "init", "completion bash"})
    void theseNeverRunThere(String line) throws IOException {
        lab.run(line.split(" "));

        assertThat(kamal.calls()).isEmpty();
    }

    @Test
    void bothStreamsAndTheExitCodeAreTheAccessorys() throws IOException {
        kamal.accessory("frame o '{\"a\": 1}\n'; echo noise; frame e 'it is locked\n'; end 11");

        Answer answer = lab.run("list", "--json");

        assertThat(answer).isEqualTo(new Answer(11, "{\"a\": 1}\n", "it is locked\n"));
    }

    @Test
    void anyArgumentArrives() throws IOException {
        lab.run("drill", "production", "--yes", "--check", "test \"$(id -u)\" = '0'; echo `x` é");

        assertThat(kamal.remote().get(1)).matches("kamal-backup remote-call [A-Za-z0-9_-]+");
    }

    @Test
    void theRunThatWasShownIsRestoredThereOnceAllIsAnsweredHere() throws IOException {
        kamal.planning(RUN);

        Answer answer = lab.atTerminal("shop\nRESTORE PRODUCTION\ny\n").run("restore", "production");

        assertThat(answer.exitCode()).isZero();
        assertThat(answer.err())
                .startsWith("run " + RUN + ", 3 h old")
                .contains("Type the app's name")
                .contains("[y/N]");
        assertThat(answer.out()).isEqualTo("a result\n");
        assertThat(kamal.remote())
                .containsExactly("kamal-backup version", "kamal-backup restore production latest --dry-run", CONFIRMED);
    }

    @Test
    void aMomentIsLookedUpOnce() throws IOException {
        kamal.planning(RUN);

        lab.atTerminal("shop\nRESTORE PRODUCTION\ny\n").run("restore", "production", "--at", "2026-11-23T04:00");

        assertThat(kamal.remote()).last().isEqualTo(CONFIRMED);
    }

    @Test
    void aPlanThatDoesNotSayForWhichRunItIsRestoresNothing() throws IOException {
        Answer answer = lab.atTerminal("shop\nRESTORE PRODUCTION\ny\n").run("restore", "production");

        assertThat(answer.exitCode()).isEqualTo(1);
        assertThat(answer.err()).contains("does not say which run it is for; nothing was done");
        assertThat(kamal.remote()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "other\nRESTORE PRODUCTION\ny\n", "shop\nyes\ny\n", "shop\nRESTORE PRODUCTION\nn\n"})
    void anyOtherAnswerRestoresNothing(String typed) throws IOException {
        kamal.planning(RUN);
        Answer answer = lab.atTerminal(typed).run("restore", "production");

        assertThat(answer.exitCode()).isEqualTo(1);
        assertThat(answer.err()).contains("aborted");
        assertThat(kamal.remote()).doesNotContain(CONFIRMED);
    }

    @Test
    void whatCannotBeConfirmedIsRefusedBeforeKamalIsAsked() throws IOException {
        assertThat(lab.run("restore", "production", "--yes").err()).contains("--yes does not bypass");
        assertThat(lab.run("restore", "production").err()).contains("--confirm-production-restore");
        assertThat(lab.run("drill", "production").err()).contains("rerun with --yes");
        assertThat(kamal.calls()).isEmpty();
    }

    @Test
    void aPlanThatFailsAsksNothing() throws IOException {
        kamal.accessory("frame e 'no backup\n'; end 10");

        Answer answer = lab.atTerminal("shop\nRESTORE PRODUCTION\ny\n").run("restore", "production");

        assertThat(answer.exitCode()).isEqualTo(10);
        assertThat(answer.err()).isEqualTo("no backup\n");
        assertThat(answer.out()).isEmpty();

        Answer document = lab.atTerminal("").run("drill", "production", "--json");
        assertThat(document.exitCode()).isEqualTo(10);
        assertThat(document.out()).contains("\"kind\" : \"error\"", "plan drill production", "exit code 10");
    }

    @Test
    void aDrillAsksOnce() throws IOException {
        kamal.planning(RUN);
        assertThat(lab.atTerminal("y\n").run("drill", "production").exitCode()).isZero();
        assertThat(lab.atTerminal("\n").run("drill", "production").exitCode()).isEqualTo(1);

        assertThat(kamal.remote())
                .containsExactly(
                        "kamal-backup version",
                        "kamal-backup drill production latest --files /restore/files --dry-run",
                        "kamal-backup drill production " + RUN + " --files /restore/files --yes",
                        "kamal-backup version",
                        "kamal-backup drill production latest --files /restore/files --dry-run");
    }

    @Test
    void anAccessoryThatIsDownIsToldWithTheNextStep() throws IOException {
        kamal.version("").accessory("exit 1");

        Answer answer = lab.run("list");

        assertThat(answer.exitCode()).isEqualTo(1);
        assertThat(answer.err())
                .contains("cannot reach the accessory (backup on 192.0.2.1)")
                .contains("accessory details backup")
                .contains("accessory boot backup");
    }

    @Test
    void anAccessoryThatNeverAnswersIsNotWaitedForLong() throws IOException {
        AppFolder.script(
                folder.resolve("kamal/kamal"),
                "cd '" + folder.resolve("kamal") + "'; case $1 in config) cat deploy ;; secrets) cat secrets ;;"
                        + " *) exec sleep 60 ;; esac");

        Answer answer = lab.with("KAMAL_BACKUP_REMOTE_TIMEOUT", "1").run("list");

        assertThat(answer.err()).contains("no answer within 1 s").contains("accessory details backup");
        assertThat(lab.with("KAMAL_BACKUP_REMOTE_TIMEOUT", "soon").run("list").exitCode())
                .isEqualTo(2);
    }

    @Test
    void anEndThatNobodyHeardOfIsNoSuccess() throws IOException {
        kamal.accessory("frame b ''; frame o part; echo 'Connection reset by canary-77'; exit 255");

        Answer answer = lab.with("SOME_TOKEN", "canary-77").run("list");

        assertThat(answer.exitCode()).isEqualTo(1);
        assertThat(answer.out()).isEqualTo("part");
        assertThat(answer.err())
                .contains("the connection ended before the command did")
                .contains("Connection reset by [REDACTED]");
    }

    @Test
    void aDocumentWhoseEndNobodyHeardOfIsNotPrinted() throws IOException {
        kamal.accessory("frame b ''; frame o '{\"a\": 1}\n'; exit 255");

        Answer answer = lab.run("list", "--json");

        assertThat(answer.exitCode()).isEqualTo(1);
        assertThat(answer.out())
                .startsWith("{")
                .contains("\"kind\" : \"error\"")
                .doesNotContain("\"a\"");
    }

    @Test
    void theAccessorysSecretsAreHiddenInWhatKamalSays() throws IOException {
        kamal.accessory("echo 'failed: canary-7d21'; exit 1");

        assertThat(lab.run("list").err()).contains("failed: [REDACTED]").doesNotContain("canary-7d21");
    }

    @Test
    void ofSeveralHostsTheFirstIsReadAndNoneIsDestroyed() throws IOException {
        kamal.on("192.0.2.1", "192.0.2.2");

        assertThat(lab.run("list").err()).isEqualTo("asking backup on 192.0.2.1, not on 192.0.2.2 (--hosts chooses)\n");
        Answer prune = lab.run("prune");
        assertThat(prune.exitCode()).isEqualTo(1);
        assertThat(prune.err()).contains("192.0.2.1, 192.0.2.2").contains("--hosts 192.0.2.1");
        assertThat(lab.run("prune", "-h", "192.0.2.2").exitCode()).isZero();
        assertThat(kamal.calls().get(kamal.calls().size() - 1))
                .isEqualTo("accessory|exec|--hosts|192.0.2.2|--reuse|backup|kamal-backup prune --framed=TOKEN");
    }

    @ParameterizedTest
    @CsvSource({
        "evidence --html x.html, --html",
        "dump latest app --output x, --output",
        "list -d '', must not be empty",
        "-d staging init, are for an accessory",
        "-d staging restore local -h 192.0.2.1, are for an accessory",
        "schedule -h 192.0.2.1, are for an accessory",
        "validate -d staging --deep, --deep connects from this machine"
    })
    void whatWouldGoWrongThereIsAMisuse(String line, String reason) throws IOException {
        Answer answer = lab.run(line.replace("''", " ").split("(?<! ) ", -1));

        assertThat(answer.exitCode()).isEqualTo(2);
        assertThat(answer.err()).contains(reason);
        assertThat(kamal.calls()).isEmpty();
    }

    @Test
    void aDestinationIsValidatedAsKamalRendersItAndNothingIsRun() throws IOException {
        Files.writeString(kamal.checkout.resolve("config/kamal-backup.yml"), """
                app: shop
                databases: [{name: app, adapter: sqlite, path: /data/app.sqlite3}]
                restic: {repository: /backups, password: {secret: RESTIC_PASSWORD}}
                """);

        Answer answer = kamal.lab().run("validate", "-d", "staging");

        assertThat(answer.out()).isEqualTo("ok\n");
        assertThat(answer.err()).contains("nothing is mounted at /data/app.sqlite3");
        assertThat(kamal.calls()).containsExactly("config|-d|staging|--version|latest");
    }

    @Test
    void noKamalIsToldWithTheFix() {
        Answer answer = lab.with("KAMAL_BIN", "/nowhere/kamal").run("list");

        assertThat(answer.exitCode()).isEqualTo(1);
        assertThat(answer.err()).contains("/nowhere/kamal").contains("KAMAL_BIN");
    }
}
