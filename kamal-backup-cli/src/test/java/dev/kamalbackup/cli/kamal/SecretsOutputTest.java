package dev.kamalbackup.cli.kamal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kamalbackup.error.ConfigurationException;
import dev.kamalbackup.redact.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Secrets arrive as they were meant, whatever is in them. */
class SecretsOutputTest {
    private static final Accessory ACCESSORY = new Accessory(
            "backup",
            "x",
            "shop-backup",
            List.of("h"),
            false,
            Map.of("CLEAR", "c", "BOTH", "clear wins"),
            Map.of("A", "A", "B", "SOURCE", "BOTH", "BOTH", "NOWHERE", "NOWHERE", "BLANK", "BLANK"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "plain",
                "it's",
                "\"quoted\"",
                "  blanks around  ",
                "back\\slash\\",
                "$HOME `id` $(id)",
                "a=b=c",
                "two\nlines",
                "-----BEGIN KEY-----\nabc=\nd==\n-----END KEY-----",
                "tab\tand\rreturn",
                "ünïcödé",
                "export X=1"
            })
    void theValueIsWhatStandsBehindTheName(String value) {
        SecretsOutput output = SecretsOutput.parse("FIRST=1\nA=" + value + "\nLAST=2\n", Set.of("FIRST", "A", "LAST"));

        assertThat(output.get("A").map(Secret::reveal)).contains(value);
        assertThat(output.get("LAST").map(Secret::reveal)).contains("2");
        assertThat(output.toString()).doesNotContain(value);
    }

    @Test
    void whatAShellWouldReadIsReadAsAShellWould() {
        SecretsOutput output = SecretsOutput.parse(
                "export A='it'\\''s $x'\nexport B=\"say \\\"hi\\\" \\n\"\nexport C=a\\ b\n", Set.of());

        assertThat(output.get("A").map(Secret::reveal)).contains("it's $x");
        assertThat(output.get("B").map(Secret::reveal)).contains("say \"hi\" \\n");
        assertThat(output.get("C").map(Secret::reveal)).contains("a b");
    }

    @Test
    void aLineThatMayBeEitherIsAnErrorForThatSecretOnly() {
        SecretsOutput output = SecretsOutput.parse("A=1\nKEY=x\nA=2\nB=3\n", Set.of("A", "KEY", "B"));

        assertThat(output.get("B").map(Secret::reveal)).contains("3");
        assertThatThrownBy(() -> output.get("A"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("A")
                .hasMessageContaining("cannot be told which");
    }

    @Test
    void theAccessoryIsGivenSecretsByTheirNamesThereAndClearVariablesAbove() {
        SecretsOutput output = SecretsOutput.parse("SOURCE=b\nBOTH=secret\nBLANK=  \n", Set.of());

        AccessoryEnvironment environment =
                new AccessoryEnvironment(ACCESSORY, output, Map.of("A", "from here", "BLANK", " ", "OTHER", "no"));

        assertThat(environment.variables())
                .isEqualTo(Map.of("A", "from here", "B", "b", "BOTH", "clear wins", "CLEAR", "c"));
        assertThat(environment.toString()).contains("BOTH").doesNotContain("from here");
        assertThat(environment.redactor(Map.of()).redact("got from here")).isEqualTo("got [REDACTED]");
    }

    @Test
    void theNamesStandInKamalsFiles(@TempDir Path checkout) throws IOException {
        Files.createDirectory(checkout.resolve(".kamal"));
        Files.writeString(checkout.resolve(".kamal/secrets-common"), "# NOT=this\nA=1\n export B = \"x\n");
        Files.writeString(checkout.resolve(".kamal/secrets"), "C=$D\n");
        Files.writeString(checkout.resolve(".kamal/secrets.staging"), "E=$(pass show e)\n");

        assertThat(SecretNames.of(checkout, Optional.empty())).containsExactly("A", "B", "C");
        assertThat(SecretNames.of(checkout, Optional.of("staging"))).containsExactly("A", "B", "E");
    }
}
