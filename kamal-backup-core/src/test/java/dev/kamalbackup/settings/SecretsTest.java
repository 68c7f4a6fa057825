package dev.kamalbackup.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kamalbackup.config.DatabaseSettings;
import dev.kamalbackup.config.ResticPassword;
import dev.kamalbackup.config.ResticRepositoryLocation;
import dev.kamalbackup.config.Settings;
import dev.kamalbackup.redact.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {
    @TempDir
    Path folder;

    @Test
    void aSecretComesFromTheEnvironmentTrimmed() {
        assertThat(password("{secret: DB}")
                        .set("DB", " sword\nfish\n")
                        .read()
                        .databases()
                        .get(0)
                        .secret("password"))
                .contains(new Secret("sword\nfish"));
    }

    @Test
    void aSecretComesFromAFileWithoutItsLastLineEnd() {
        password("{file: secrets/db}").write("secrets/db", "swordfish\r\n");
        assertThat(password("{file: secrets/db}").read().databases().get(0).secret("password"))
                .contains(new Secret("swordfish"));
    }

    @Test
    void aSecretComesFromAProgramThatSeesTheEnvironmentAndNoShell() {
        ConfigLab lab = password("{command: [sh, -c, 'printf \"%s\\n\" \"$VAULT-$1\"', sh, '$(id) *']}")
                .set("PATH", System.getenv("PATH"))
                .set("VAULT", "swordfish");
        assertThat(lab.read().databases().get(0).secret("password")).contains(new Secret("swordfish-$(id) *"));
    }

    @Test
    void resticsPasswordAndTheRepositoryMayComeFromAProgramToo() {
        Settings settings = ConfigLab.minimal(folder)
                .set("PATH", System.getenv("PATH"))
                .local("restic: {password: {command: [echo, swordfish]}, repository: {command: [echo, /repo]}}")
                .read();
        assertThat(settings.restic().password()).isEqualTo(new ResticPassword.Value(new Secret("swordfish")));
        assertThat(settings.restic().location()).isEqualTo(new ResticRepositoryLocation.Address(new Secret("/repo")));
    }

    @Test
    void whoOnlyLooksAtTheStateNeedsNoSecretAndRunsNoProgram() {
        ConfigLab lab = password("{command: [touch, ran]}")
                .local("""
                        restic:
                          password: {command: [touch, ran]}
                          repository: {command: [touch, ran]}
                          rest: {username: {file: missing}, password: {command: [touch, ran]}}
                        notify: {success: {command: [touch, ran]}, failure: {secret: PING}}
                        state: {path: state}
                        """)
                .set("PING", "https://example.com/ping")
                .set("PATH", System.getenv("PATH"));

        Settings settings = lab.readForState();

        assertThat(settings.stateFolder()).isEqualTo(folder.resolve("state"));
        assertThat(settings.secrets()).contains(new Secret("https://example.com/ping"));
        assertThat(folder.resolve("ran")).doesNotExist();
    }

    @Test
    void aPlainOptionMayBeReferredToAsWell() {
        DatabaseSettings database = new ConfigLab(folder)
                .main(ConfigLab.MINIMAL.replace("path: /data/app.sqlite3", "database: {secret: WHERE}"))
                .set("WHERE", "/data/x.sqlite3")
                .read()
                .databases()
                .get(0);
        assertThat(database.option("path")).contains("/data/x.sqlite3");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{command: [sh, -c, 'echo oops >&2; exit 3']}|command: sh failed with exit code 3: oops",
                "{command: ['true']}|command: true printed nothing",
                "{command: [head, -c, '70000', /dev/zero]}|command: head printed too much for a secret",
                "{command: [no-such-program]}|command: cannot start no-such-program",
                "{command: 'a b'}|command: expects a list of the program and its arguments, as in [op, read, NAME]",
                "{command: []}|command: expects a list of the program",
                "{command: ['']}|command: expects a list of the program",
                "{command: [a, [b]]}|command: expects a list of the program",
                "{command: ''}|command: must not be empty",
                "{secret: }|secret: must not be empty",
                "{secret: [a]}|secret: expects one value, not a list",
                "{secret: NOT_SET}|secret: the environment variable NOT_SET is not set",
                "{secret: BLANK}|secret: the environment variable BLANK is not set",
                "{file: missing}|missing does not exist",
                "{file: config}|config is a folder",
                "{file: empty}|empty is empty",
                "{file: binary}|binary is not UTF-8 text",
                "{file: large}|large is too large for a secret",
                "{secrt: X}|password.secrt: unknown key; did you mean secret?",
                "{secret: BLANK, file: empty}|password: expects exactly one of secret, file and command",
                "{}|password: expects exactly one of secret, file and command",
            })
    void aSecretThatCannotBeHadIsTold(String value, String message) throws IOException {
        ConfigLab lab = password(value)
                .set("PATH", System.getenv("PATH"))
                .set("BLANK", " ")
                .write("empty", "\n")
                .write("large", "x".repeat(70_000));
        Files.write(folder.resolve("binary"), new byte[] {(byte) 0xff, (byte) 0xfe});
        assertThat(lab.problems())
                .singleElement()
                .asString()
                .startsWith("config/kamal-backup.yml:")
                .contains(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sw0rd-fish!", "$RESTIC_SECRET", "a b", "ünlösbar"})
    void aSecretTypedWhereItsVariablesNameBelongsIsNotShown(String typed) {
        assertThat(password("{secret: '" + typed + "'}").problems())
                .singleElement()
                .asString()
                .endsWith("password.secret: expects the name of an environment variable")
                .doesNotContain(typed);
    }

    @Test
    void aPasswordInPlainTextWorksWithAWarningThatDoesNotShowIt() {
        assertThat(password("swordfish").warnings())
                .containsExactly("config/kamal-backup.yml:6: databases[1].password: a secret in plain text; put it into"
                        + " the environment and write {secret: NAME} here");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "rest:https://host/repo|0",
                "rest:https://joe@host/repo|0",
                "rest:https://joe:swordfish@host/repo|1",
                "s3:https://host/bucket|0",
                "/backups|0"
            })
    void anAddressBringsAWarningOnlyWithAPasswordInIt(String repository, int warnings) {
        assertThat(ConfigLab.minimal(folder)
                        .local("restic: {repository: '" + repository + "'}")
                        .warnings())
                .hasSize(warnings);
    }

    @Test
    void theEnvironmentIsWhereSecretsBelongSoItBringsNoWarning() {
        assertThat(ConfigLab.environmentOnly(folder)
                        .set("RESTIC_REST_PASSWORD", "swordfish")
                        .warnings())
                .isEmpty();
    }

    private ConfigLab password(String value) {
        return new ConfigLab(folder)
                .main(ConfigLab.MINIMAL
                        .replace("adapter: sqlite", "adapter: postgres")
                        .replace("path: /data/app.sqlite3", "database: shop\n    password: " + value));
    }
}
