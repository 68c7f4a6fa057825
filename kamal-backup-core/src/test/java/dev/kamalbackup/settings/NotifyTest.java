package dev.kamalbackup.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kamalbackup.KamalBackup;
import dev.kamalbackup.config.NotifySettings;
import dev.kamalbackup.config.Settings;
import dev.kamalbackup.error.ConfigurationException;
import dev.kamalbackup.redact.Secret;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NotifyTest {
    @TempDir
    private Path folder;

    @Test
    void addressesComeFromSecrets() {
        NotifySettings monitors = ConfigLab.minimal(
                        folder, "notify:", "  success: {secret: PING}", "  failure: {secret: FAIL}")
                .set("PING", "https://monitor.example.com/ping/1")
                .set("FAIL", "http://127.0.0.1:8080/fail?x=1")
                .read()
                .monitors();

        assertThat(monitors.success()).contains(new Secret("https://monitor.example.com/ping/1"));
        assertThat(monitors.failure()).contains(new Secret("http://127.0.0.1:8080/fail?x=1"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"http://uptime_kuma:3001/api/push/x", "HTTPS://monitor.example.com/ping", "http://[::1]:8080/"})
    void whatDockerAndPeopleWriteIsAnAddress(String address) {
        assertThat(ConfigLab.minimal(folder, "notify: {success: {secret: PING}}")
                        .set("PING", address)
                        .read()
                        .monitors()
                        .success())
                .contains(new Secret(address));
        assertThat(NotifySettings.host(new Secret("http://uptime_kuma:3001/api/push/x")))
                .isEqualTo("uptime_kuma");
    }

    @Test
    void settingsThatAProgramMakesAreLookedAtToo() {
        Settings settings = ConfigLab.minimal(folder)
                .read()
                .with(new NotifySettings(Optional.of(new Secret("ftp://canary-4e1b")), Optional.empty()));

        assertThatThrownBy(() -> KamalBackup.builder(settings).build())
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("notify.success")
                .hasMessageNotContaining("canary-4e1b");
    }

    @Test
    void theyAreAmongTheSecretsThatAreRedacted() {
        assertThat(ConfigLab.minimal(folder)
                        .set("KAMAL_BACKUP_NOTIFY_FAILURE", "https://monitor.example.com/fail")
                        .read()
                        .secrets())
                .contains(new Secret("https://monitor.example.com/fail"));
    }

    @Test
    void whereNothingIsSaidNobodyIsTold() {
        assertThat(ConfigLab.minimal(folder).read().monitors()).isEqualTo(NotifySettings.nobody());
        assertThat(ConfigLab.minimal(folder)
                        .set("KAMAL_BACKUP_NOTIFY_SUCCESS", "")
                        .read()
                        .monitors()
                        .success())
                .isEqualTo(Optional.empty());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "monitor.example.com/ping",
                "ftp://monitor.example.com",
                "http:///ping",
                "http://a b",
                "//monitor.example.com/ping",
                "https://monitor.example.com:84430/ping",
                "swordfish"
            })
    void whatIsNoAddressIsAMistakeThatDoesNotShowIt(String address) {
        List<String> problems = ConfigLab.minimal(folder, "notify: {success: {secret: PING}}")
                .set("PING", address)
                .problems();

        assertThat(problems)
                .singleElement()
                .satisfies(problem -> assertThat(problem)
                        .contains("notify.success")
                        .contains("expects an address that begins with http:// or https://")
                        .doesNotContain(address));
    }

    @Test
    void anAddressInPlainTextIsAWarning() {
        assertThat(ConfigLab.minimal(folder, "notify: {success: 'https://monitor.example.com/ping/1'}")
                        .warnings())
                .singleElement()
                .satisfies(warning -> assertThat(warning).contains("notify.success"));
    }
}
