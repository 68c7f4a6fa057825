package dev.kamalbackup.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kamalbackup.config.NotifySettings;
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
