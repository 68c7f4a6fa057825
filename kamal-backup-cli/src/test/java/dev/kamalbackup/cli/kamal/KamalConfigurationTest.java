package dev.kamalbackup.cli.kamal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kamalbackup.error.ToolException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What Kamal prints of its configuration is read as what it is, and no object of Ruby's is ever built. */
class KamalConfigurationTest {
    /** As Kamal 2.12 prints it. */
    private static final String PRINTED = """
            ---
            :roles:
            - web
            :hosts:
            - 192.0.2.1
            - 192.0.2.2
            :version: latest
            :service_with_version: shop-latest
            :ssh_options:
              :proxy: !ruby/object:Net::SSH::Proxy::Jump
                jump_proxies: root@h
              :log_level: :fatal
            :accessories:
              backup:
                image: ghcr.io/example/kamal-backup:1
                hosts: &1
                - 192.0.2.1
                - 192.0.2.2
                env:
                  secret:
                  - RESTIC_PASSWORD
                  - PGPASSWORD:DATABASE_PASSWORD
                  clear:
                    APP_NAME: shop
                    PORT: 1
                    ON: true
                    COLON: ":yes"
              db:
                image: postgres
                service: shop-postgres
                hosts: *1
                env: {A: b}
              jobs:
                image: other
                role: web
            :logging:
            - "--log-opt"
            """;

    @Test
    void everyAccessoryIsRead() {
        KamalConfiguration configuration = KamalConfiguration.parse(PRINTED);

        assertThat(configuration.hosts()).containsExactly("192.0.2.1", "192.0.2.2");
        assertThat(configuration.accessories())
                .containsExactly(
                        new Accessory(
                                "backup",
                                "ghcr.io/example/kamal-backup:1",
                                "shop-backup",
                                List.of("192.0.2.1", "192.0.2.2"),
                                false,
                                Map.of("APP_NAME", "shop", "PORT", "1", "ON", "true", "COLON", ":yes"),
                                Map.of("RESTIC_PASSWORD", "RESTIC_PASSWORD", "PGPASSWORD", "DATABASE_PASSWORD")),
                        new Accessory(
                                "db",
                                "postgres",
                                "shop-postgres",
                                List.of("192.0.2.1", "192.0.2.2"),
                                false,
                                Map.of("A", "b"),
                                Map.of()),
                        new Accessory("jobs", "other", "shop-jobs", List.of(), true, Map.of(), Map.of()));
    }

    @Test
    void plainKeysAndWordsBeforeTheDocumentAreAsGood() {
        String noisy = "Warning: something is deprecated: yes\n" + PRINTED.replaceAll("(?m)^( *):", "$1");

        assertThat(KamalConfiguration.parse(noisy)).isEqualTo(KamalConfiguration.parse(PRINTED));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Kamal is not set up here", "--- [a, b]", "---\n\ta: b", "---\na: *unknown\n- b"})
    void anythingElseIsAnErrorThatSaysWhatToTry(String printed) {
        assertThatThrownBy(() -> KamalConfiguration.parse(printed))
                .isInstanceOfSatisfying(
                        ToolException.class,
                        failure -> assertThat(failure.fault().full())
                                .contains("kamal config")
                                .contains("run it yourself"));
    }

    @Test
    void nestingWithoutEndIsRefused() {
        assertThatThrownBy(() -> KamalConfiguration.parse("a: " + "[".repeat(2000)))
                .isInstanceOf(ToolException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "other, a=x/kamal-backup:1 other=y, other",
        "'', a=x/kamal-backup:1 b=y, a",
        "'', a=x backup=y, backup",
        "'', a=x/kamal-backup backup=y/kamal-backup, backup",
    })
    void theAccessoryIsTheConfiguredOneElseOursElseTheOneOfThatName(String configured, String there, String found) {
        assertThat(configuration(there).backup(configured).name()).isEqualTo(found);
    }

    @ParameterizedTest
    @CsvSource({
        "gone, a=x/kamal-backup, there is no accessory gone, there is a",
        "'', a=x b=y, no accessory has an image of kamal-backup, 'there are a, b'",
        "'', a=x/kamal-backup b=y/kamal-backup, several accessories, 'there are a, b'",
    })
    void whatCannotBeToldIsAskedFor(String configured, String there, String reason, String names) {
        assertThatThrownBy(() -> configuration(there).backup(configured))
                .hasMessageContaining(reason)
                .hasMessageContaining(names);
    }

    private static KamalConfiguration configuration(String accessories) {
        return new KamalConfiguration(
                List.of(accessories.split(" ")).stream()
                        .map(pair -> pair.split("="))
                        .map(pair -> new Accessory(
                                pair[0], pair[1], "shop-" + pair[0], List.of("h"), false, Map.of(), Map.of()))
                        .toList(),
                List.of("h"));
    }
}
