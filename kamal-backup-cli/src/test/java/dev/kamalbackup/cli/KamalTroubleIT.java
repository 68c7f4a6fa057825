package dev.kamalbackup.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kamalbackup.KamalBackup;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the operator sees when the far side is not as it should be; the program there is a script. */
class KamalTroubleIT {
    /** Another version, which is asked as plainly as any program. */
    private static final String OTHER = "if [ \"$*\" = version ]; then echo 0.9.9; exit; fi\n";

    private static final Duration BOUND = Duration.ofSeconds(60);

    @TempDir
    private static Path folder;

    private static KamalLab lab;

    @BeforeAll
    static void twoHosts() throws Exception {
        lab = KamalLab.start(folder, 2);
        lab.checkout.configured("""
                app: shop
                databases: [{ name: app, adapter: sqlite, path: /data/app.sqlite3 }]
                restic: { repository: /backups/shop, password: { secret: RESTIC_PASSWORD } }
                """);
    }

    @AfterAll
    static void theHostsAreGone() throws Exception {
        lab.close();
    }

    @BeforeEach
    void allIsWell() throws Exception {
        lab.accessoryOn(lab.host().address);
        for (FarHost host : lab.hosts) {
            host.bringUp();
            host.forgetCalls();
            host.kamalBackup(OTHER + "echo \"ran $*\"");
        }
    }

    @Test
    void theVersionsOfBothSidesAreTold() throws Exception {
        lab.host().kamalBackup("echo '" + KamalBackup.version() + "'");
        CliLab.Answer inStep = lab.checkout.run("version");
        assertThat(inStep.exitCode()).as("%s", inStep).isZero();
        assertThat(inStep.out()).contains("local: ", "remote: ", KamalBackup.version(), "in sync");

        lab.host().kamalBackup("echo 0.9.9");
        CliLab.Answer out = lab.checkout.run("version");
        assertThat(out.exitCode()).as("%s", out).isZero();
        assertThat(out.out()).contains("remote: 0.9.9", "out of sync", "accessory reboot backup");
    }

    @Test
    void anotherVersionIsWarnedOfAndNotTrustedToRestore() throws Exception {
        CliLab.Answer list = lab.checkout.run("list");
        assertThat(list.exitCode()).as("%s", list).isZero();
        assertThat(list.out()).contains("ran list");
        assertThat(list.err()).contains("0.9.9").contains("accessory reboot backup");

        CliLab.Answer refused = lab.checkout.run("restore", "production", "--confirm-production-restore");
        assertThat(refused.exitCode()).as("%s", refused).isNotZero();
        assertThat(refused.err()).contains("0.9.9", "accessory reboot backup", "--skip-version-check");
        assertThat(lab.host().calls()).noneMatch(call -> call.contains("restore"));

        CliLab.Answer forced =
                lab.checkout.run("restore", "production", "--confirm-production-restore", "--skip-version-check");
        assertThat(forced.exitCode()).as("%s", forced).isZero();
        assertThat(forced.out()).contains("ran restore", "production").contains("--confirm-production-restore");
    }

    @Test
    void exitCodesComeThrough() throws Exception {
        for (int exitCode : List.of(2, 10, 130)) {
            lab.host().kamalBackup(OTHER + "echo some; echo other >&2; exit " + exitCode);

            CliLab.Answer answer = lab.checkout.run("check");

            assertThat(answer.exitCode()).as("%s", answer).isEqualTo(exitCode);
            assertThat(answer.out()).as("%s", answer).isEqualTo("some\n");
            assertThat(answer.err()).contains("other");
        }
    }

    @Test
    void anAccessoryThatIsDownIsToldWithTheWayToStartIt() throws Exception {
        lab.host().takeDown();

        CliLab.Answer answer = lab.checkout.run("backup");

        assertThat(answer.exitCode()).as("%s", answer).isEqualTo(1);
        assertThat(answer.out()).isEmpty();
        assertThat(answer.err()).contains("No such container").containsPattern("accessory (boot|start|details) backup");
    }

    @Test
    void aHostThatDoesNotAnswerIsNotWaitedForForEver() throws Exception {
        lab.accessoryOn(lab.silentAddress());
        lab.checkout.with("KAMAL_BACKUP_REMOTE_TIMEOUT", "5");
        Instant start = Instant.now();

        CliLab.Answer answer = lab.checkout.run("status");
        lab.checkout.without("KAMAL_BACKUP_REMOTE_TIMEOUT");

        assertThat(answer.exitCode()).as("%s", answer).isEqualTo(1);
        assertThat(Duration.between(start, Instant.now())).isLessThan(BOUND);
        assertThat(answer.err()).contains("127.0.0.99");
    }

    @Test
    void ofSeveralHostsTheOneThatIsMeantIsAsked() throws Exception {
        lab.accessoryOn("127.0.0.1", "127.0.0.2");

        CliLab.Answer second = lab.checkout.run("-h", "127.0.0.2", "list");
        assertThat(second.exitCode()).as("%s", second).isZero();
        // Kamal itself ends a captured answer with an empty line.
        assertThat(second.out().strip()).isEqualTo("ran list");
        assertThat(lab.host().calls()).isEmpty();
        assertThat(lab.hosts.get(1).calls()).isNotEmpty();

        CliLab.Answer unsure = lab.checkout.run("restore", "production", "--confirm-production-restore");
        assertThat(unsure.exitCode()).as("%s", unsure).isEqualTo(1);
        assertThat(unsure.err()).contains("127.0.0.1", "127.0.0.2", "--hosts");
        assertThat(lab.host().calls()).noneMatch(call -> call.contains("restore"));
    }

    @Test
    void noSecretOfTheAccessoryIsShown() throws Exception {
        Path file = Files.writeString(folder.resolve("odd"), KamalLab.ODD_SECRET);
        lab.deployed("[127.0.0.1]", "[RESTIC_PASSWORD, \"ODD:ODD_SECRET\"]");
        lab.secrets("ODD_SECRET=$(cat '" + file + "')\n");
        Path said = Files.writeString(folder.resolve("said"), "<" + KamalLab.ODD_SECRET + "> plain\n");
        lab.host().kamalBackup(OTHER + "cat '" + said + "'; cat '" + said + "' >&2");

        CliLab.Answer answer = lab.checkout.run("list");

        assertThat(answer.exitCode()).as("%s", answer).isZero();
        assertThat(answer.out()).isEqualTo("<[REDACTED]> plain\n");
        assertThat(answer.err()).contains("<[REDACTED]> plain").doesNotContain(KamalLab.ODD_SECRET);
    }
}
