package dev.kamalbackup.restic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kamalbackup.config.ResticPassword;
import dev.kamalbackup.config.ResticRepositoryLocation;
import dev.kamalbackup.config.ResticSettings;
import dev.kamalbackup.redact.Secret;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ResticEnvironmentTest {
    private static final Map<String, String> EVERYTHING = Map.of(
            "AWS_ACCESS_KEY_ID", "key",
            "OP_SERVICE_ACCOUNT_TOKEN", "token",
            "VAULT_ADDR", "https://vault",
            "RESTIC_HOST", "stray",
            "DATABASE_URL", "postgres://u:canary@db/shop",
            "SHOP_DATABASE_PASSWORD", "canary",
            "PGPASSWORD", "canary",
            "MYSQL_PWD", "canary");

    @Test
    void resticSeesWhatItsBackendsReadAndNothingElse() {
        assertThat(names(new ResticPassword.Value(new Secret("p"))))
                .contains("AWS_ACCESS_KEY_ID", "RESTIC_PASSWORD")
                .doesNotContain("OP_SERVICE_ACCOUNT_TOKEN", "VAULT_ADDR", "RESTIC_HOST", "DATABASE_URL", "PGPASSWORD");
    }

    @Test
    void aCommandThatPrintsThePasswordSeesThroughResticWhatItNeedsAndNoDatabase() {
        assertThat(names(new ResticPassword.FromCommand("op read op://servers/shop/restic")))
                .contains("RESTIC_PASSWORD_COMMAND", "OP_SERVICE_ACCOUNT_TOKEN", "VAULT_ADDR", "AWS_ACCESS_KEY_ID")
                .doesNotContain("RESTIC_HOST", "DATABASE_URL", "SHOP_DATABASE_PASSWORD", "PGPASSWORD", "MYSQL_PWD");
    }

    private static Set<String> names(ResticPassword password) {
        ResticSettings settings = new ResticSettings(
                "restic",
                new ResticRepositoryLocation.Address(new Secret("/r")),
                password,
                Map.of(),
                false,
                Duration.ZERO,
                Duration.ofSeconds(1));
        return ResticEnvironment.build(settings, EVERYTHING, Path.of("/cache")).names();
    }
}
