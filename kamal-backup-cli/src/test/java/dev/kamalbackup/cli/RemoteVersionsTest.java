package dev.kamalbackup.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kamalbackup.KamalBackup;
import dev.kamalbackup.cli.CliLab.Answer;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The accessory may run another version than the laptop. */
class RemoteVersionsTest {
    @TempDir
    private Path folder;

    private FakeKamal kamal;
    private CliLab lab;

    @BeforeEach
    void aCheckout() throws IOException {
        kamal = new FakeKamal(folder);
        lab = kamal.lab();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"prune", "unlock", "restore production --confirm-production-restore", "drill production --yes"})
    void anotherVersionDestroysNothing(String line) throws IOException {
        kamal.version("1.0.0.rc1");

        Answer answer = lab.run(line.split(" "));

        assertThat(answer.exitCode()).isEqualTo(1);
        assertThat(answer.err()).contains("1.0.0.rc1").contains("kamal accessory reboot backup");
        assertThat(kamal.remote()).containsExactly("kamal-backup version");
    }

    @Test
    void anotherVersionIsAskedPlainlyWithAWarning() throws IOException {
        kamal.version("Welcome\n1.0.0.rc1").accessory("echo \"got $line\"; echo oops >&2; exit 3");

        Answer list = lab.run("list");
        Answer prune = lab.run("prune", "--skip-version-check");

        assertThat(list.exitCode()).isEqualTo(3);
        assertThat(list.out()).isEqualTo("got kamal-backup list\n");
        assertThat(list.err())
                .contains("warning: the accessory runs version 1.0.0.rc1")
                .contains("oops");
        assertThat(prune.out()).isEqualTo("got kamal-backup prune\n");
    }

    @Test
    void versionsAreCompared() throws IOException {
        String local = KamalBackup.version();
        assertThat(lab.run("version"))
                .isEqualTo(new Answer(0, "local: " + local + "\nremote: " + local + "\nstatus: in sync\n", ""));

        kamal.version("0.9.0");
        Answer apart = lab.run("version", "-d", "staging");
        assertThat(apart.exitCode()).isZero();
        assertThat(apart.out())
                .endsWith("remote: 0.9.0\nstatus: out of sync\nfix: " + folder.resolve("kamal/kamal")
                        + " accessory reboot backup -d staging\n");
        assertThat(lab.run("version", "--json").out()).contains("\"status\" : \"out of sync\"");
        assertThat(lab.run("--version").out()).isEqualTo(local + "\n");
    }
}
