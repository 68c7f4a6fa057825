package dev.kamalbackup.cli.kamal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kamalbackup.redact.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A name that is overlooked would become a part of the secret before it. */
class SecretNamesTest {
    @TempDir
    private Path checkout;

    @Test
    void noSecretSwallowsTheOneBehindItWhateverThatIsCalled() throws IOException {
        Files.createDirectory(checkout.resolve(".kamal"));
        Files.writeString(
                checkout.resolve(".kamal/secrets"),
                "RESTIC_PASSWORD=$PW\n1PASSWORD_TOKEN=$OP\napp.key=$KEY\nYAML_STYLE: $Y\n_UNDER=$U\n");

        SecretsOutput output = SecretsOutput.parse(
                "RESTIC_PASSWORD=a\n1PASSWORD_TOKEN=b\napp.key=c\nYAML_STYLE=d\n_UNDER=e\nmore of e\n",
                SecretNames.of(checkout, Optional.empty()));

        assertThat(output.get("RESTIC_PASSWORD").map(Secret::reveal)).contains("a");
        assertThat(output.get("1PASSWORD_TOKEN").map(Secret::reveal)).contains("b");
        assertThat(output.get("app.key").map(Secret::reveal)).contains("c");
        assertThat(output.get("YAML_STYLE").map(Secret::reveal)).contains("d");
        assertThat(output.get("_UNDER").map(Secret::reveal)).contains("e\nmore of e");
    }
}
