package dev.kamalbackup.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kamalbackup.testing.TestRepository;
import dev.kamalbackup.testing.Tools;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** The operator's laptop and the accessory, with the real Kamal and the one jar on both sides. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class KamalBridgeIT {
    @TempDir
    private static Path folder;

    private static KamalLab lab;
    private static TestRepository repository;

    @BeforeAll
    static void anAppWithAnAccessory() throws Exception {
        lab = KamalLab.start(folder, 1);
        lab.checkout.without("RESTIC_PASSWORD");
        repository = TestRepository.create(folder.resolve("repository"), Tools.restic());
        String configuration = """
                app: shop
                databases:
                  - { name: app, adapter: sqlite, path: %1$s/data/app.sqlite3 }
                paths: [ %1$s/data/storage ]
                restic:
                  repository: %2$s
                  password: { secret: RESTIC_PASSWORD }
                state: { path: %1$s/state }
                """.formatted(lab.host().container(""), folder.resolve("repository"));
        Files.writeString(lab.host().container("config/kamal-backup.yml"), configuration);
        lab.checkout.configured(configuration);
        far("mkdir -p data/storage; printf blob >data/storage/one; sqlite3 data/app.sqlite3 'CREATE TABLE t (x);"
                + " INSERT INTO t VALUES (1), (2)'");
    }

    @AfterAll
    static void theHostsAreGone() throws Exception {
        lab.close();
    }

    @BeforeEach
    void nothingWasAskedYet() throws Exception {
        lab.host().forgetCalls();
    }

    @Test
    @Order(1)
    void aBackupIsMadeByTheAccessory() throws Exception {
        CliLab.Answer answer = lab.checkout.run("backup");

        assertThat(answer.exitCode()).as("%s", answer).isZero();
        assertThat(answer.out()).contains("database app").contains("files");
        assertThat(repository.snapshots()).hasSize(2);
        assertThat(lab.host().calls())
                .allMatch(call -> call.startsWith("exec "))
                .hasSizeBetween(1, 2);
        assertThat(lab.checkout.folder.resolve("state")).doesNotExist();
    }

    @Test
    @Order(2)
    void jsonOnStandardOutputIsJsonAndNothingElse() throws Exception {
        CliLab.Answer list = lab.checkout.run("list", "--json");
        assertThat(list.exitCode()).as("%s", list).isZero();
        assertThat(json(list).path("kind").asText()).isEqualTo("runs");
        assertThat(json(list).path("runs")).hasSize(1);

        CliLab.Answer evidence = lab.checkout.run("evidence", "--json");
        assertThat(json(evidence).path("app_name").asText()).as("%s", evidence).isEqualTo("shop");
    }

    @Test
    @Order(3)
    void aDrillRunsBesideProduction() throws Exception {
        String files = lab.host().folder.resolve("restore/files").toString();

        CliLab.Answer answer = lab.checkout.run(
                "drill",
                "production",
                "--files",
                files,
                "--check",
                "test \"$HOME\" = '" + lab.host().container("") + "'; echo \"it's  $((1 + 1)) `echo ü`\"",
                "--yes",
                "--json");

        assertThat(answer.exitCode()).as("%s", answer).isZero();
        assertThat(json(answer).path("outcome").asText()).isEqualTo("passed");
        assertThat(json(answer).path("check").path("output").asText()).isEqualTo("it's  2 ü");
    }

    @Test
    @Order(4)
    void productionIsRestoredOnlyAfterThreeAnswersHere() throws Exception {
        far("sqlite3 data/app.sqlite3 'DELETE FROM t'");

        CliLab.Answer unasked = lab.checkout.run("restore", "production");
        assertThat(unasked.exitCode()).as("%s", unasked).isEqualTo(2);
        CliLab.Answer lazy = lab.checkout.run("restore", "production", "--yes");
        assertThat(lazy.exitCode()).as("%s", lazy).isEqualTo(2);
        CliLab.Answer refused = lab.checkout.runAtTerminal("shop\nyes\ny\n", "restore", "production");
        assertThat(refused.exitCode()).as("%s", refused).isNotZero();
        assertThat(refused.out()).contains("RESTORE PRODUCTION").contains("aborted");
        assertThat(far("sqlite3 data/app.sqlite3 'SELECT count(*) FROM t'")).isEqualTo("0\n");
        assertThat(lab.host().calls()).noneMatch(call -> call.contains("confirm-production-restore"));

        CliLab.Answer agreed = lab.checkout.runAtTerminal("shop\nRESTORE PRODUCTION\ny\n", "restore", "production");
        assertThat(agreed.exitCode()).as("%s", agreed).isZero();
        assertThat(lab.host().calls())
                .as("the run that was shown, not the latest by then")
                .anyMatch(call -> call.matches(".* restore production \\d{8}T\\d{6}Z --confirm-production-restore.*"));
        assertThat(far("sqlite3 data/app.sqlite3 'SELECT count(*) FROM t'")).isEqualTo("2\n");
    }

    @Test
    @Order(5)
    void aProgramConfirmsWithOneOption() throws Exception {
        far("sqlite3 data/app.sqlite3 'DELETE FROM t'");

        CliLab.Answer answer =
                lab.checkout.run("restore", "production", "--only", "database:app", "--confirm-production-restore");

        assertThat(answer.exitCode()).as("%s", answer).isZero();
        assertThat(far("sqlite3 data/app.sqlite3 'SELECT count(*) FROM t'")).isEqualTo("2\n");
        assertThat(lab.checkout.folder.resolve("state")).doesNotExist();
    }

    @Test
    @Order(6)
    void bytesComeAsTheyAreAndSoDoExitCodes() throws Exception {
        Path out = folder.resolve("app.sqlite3");
        Process dump = lab.checkout.start(out, folder.resolve("dump.err"), "dump", "latest", "app");
        assertThat(dump.waitFor()).as("%s", folder.resolve("dump.err")).isZero();
        assertThat(Files.readAllBytes(out)).startsWith("SQLite format 3\0".getBytes(StandardCharsets.US_ASCII));
        assertThat(lab.checkout.shell("sqlite3 '" + out + "' 'SELECT count(*) FROM t'"))
                .isEqualTo("2\n");

        lab.checkout.shell("mv '" + folder + "/repository' '" + folder + "/gone'");
        assertThat(lab.checkout.run("list").exitCode()).isEqualTo(10);
        lab.checkout.shell("mv '" + folder + "/gone' '" + folder + "/repository'");
        CliLab.Answer misuse = lab.checkout.run("dump", "latest", "nothing");
        assertThat(misuse.exitCode()).as("%s", misuse).isPositive();
        assertThat(misuse.err()).contains("nothing");
    }

    private static String far(String script) throws Exception {
        return lab.checkout.shell("cd '" + lab.host().container("") + "'\n" + script);
    }

    private static JsonNode json(CliLab.Answer answer) throws Exception {
        return new ObjectMapper().readTree(answer.out());
    }
}
