package dev.kamalbackup.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kamalbackup.cli.CliLab.Answer;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** In an emergency the accessory may run another version, one that knows nothing of how two of the same speak. */
class OtherVersionTest {
    /** The shell on the host, and docker: what the program in the container would find as its arguments. */
    private static final String ARGUMENTS =
            "eval \"set -- ${line#kamal-backup }\"; printf '[%%s]' \"$@\"; echo".replace("%%", "%");

    @TempDir
    private Path folder;

    private FakeKamal kamal;

    @BeforeEach
    void anotherVersion() throws IOException {
        kamal = new FakeKamal(folder).version("1.0.0.rc1").accessory(ARGUMENTS);
    }

    @Test
    void anArgumentOfAnyKindIsQuotedAndNotEncodedInAWordItWouldNotKnow() {
        String check = "test \"$(id -u)\" = 0; echo 'it is' `true` ünïcödé";

        Answer drill = kamal.lab().run("drill", "production", "--yes", "--check", check, "--skip-version-check");

        assertThat(drill.exitCode()).as("%s", drill).isZero();
        assertThat(drill.out())
                .isEqualTo("[drill][production][latest][--files][/restore/files][--yes][--check][" + check + "]\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"dump latest app", "dump latest app --skip-version-check"})
    void aDumpWhoseBytesWouldNotComeOverIsRefused(String line) throws IOException {
        kamal.accessory("printf '\\377\\000\\r\\n'");

        Answer dump = kamal.lab().run(line.split(" "));

        assertThat(dump.exitCode()).isEqualTo(1);
        assertThat(dump.out()).isEmpty();
        assertThat(dump.err()).contains("bytes would not come over as they are").contains("accessory reboot backup");
        assertThat(kamal.remote()).containsExactly("kamal-backup version");
    }

    @Test
    void aPlanThatDoesNotNameItsRunIsWarnedOf() {
        Answer restore = kamal.lab()
                .atTerminal("shop\nRESTORE PRODUCTION\ny\n")
                .run("restore", "production", "--skip-version-check");

        assertThat(restore.exitCode()).isZero();
        assertThat(restore.err()).contains("warning: the plan does not say which run it is for");
    }

    @Test
    void itsOutputIsRedactedHereForItMayHideLess() throws IOException {
        kamal.accessory("echo 'repository at rest:http://u:canary-7d21@host'; echo 'canary-7d21 again' >&2");

        Answer list = kamal.lab().run("list");

        assertThat(list.out()).contains("[REDACTED]");
        assertThat(list.toString()).doesNotContain("canary-7d21");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "restore production --dry-run --confirm-production-restore",
                "drill production --dry-run --yes",
                "drill production --yes --dry-run --skip-version-check"
            })
    void aDryRunNeverCarriesConsent(String line) throws IOException {
        kamal.lab().run(line.split(" "));

        assertThat(kamal.remote())
                .hasSize(2)
                .last()
                .asString()
                .contains("--dry-run")
                .doesNotContain("--yes", "confirm");
    }
}
