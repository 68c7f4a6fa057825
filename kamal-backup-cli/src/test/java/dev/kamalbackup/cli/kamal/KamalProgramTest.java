package dev.kamalbackup.cli.kamal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kamal is the one that the checkout uses. */
class KamalProgramTest {
    @TempDir
    private Path folder;

    private Path checkout;
    private Map<String, String> environment;

    @BeforeEach
    void aCheckout() throws IOException {
        checkout = Files.createDirectory(folder.resolve("shop"));
        environment = Map.of("PATH", folder.resolve("path").toString());
    }

    @Test
    void theBinstubComesBeforeTheBundleBeforeThePath() throws IOException {
        assertThatThrownBy(() -> KamalProgram.find(checkout, environment))
                .hasMessageContaining("no kamal on the PATH")
                .extracting("hint")
                .asString()
                .contains("gem install kamal")
                .contains("KAMAL_BIN");

        program(folder.resolve("path/kamal"));
        assertThat(KamalProgram.find(checkout, environment).line()).containsExactly("kamal");

        Files.writeString(checkout.resolve("Gemfile"), "");
        assertThat(KamalProgram.find(checkout, environment).line()).containsExactly("kamal");
        program(folder.resolve("path/bundle"));
        assertThat(KamalProgram.find(checkout, environment).line()).containsExactly("bundle", "exec", "kamal");
        assertThat(KamalProgram.find(checkout, environment).arguments(List.of("config")))
                .containsExactly("exec", "kamal", "config");

        Path stub = program(checkout.resolve("bin/kamal"));
        assertThat(KamalProgram.find(checkout, environment).line()).containsExactly(stub.toString());
    }

    @Test
    void whatIsNamedCountsAndMustBeThere() throws IOException {
        program(checkout.resolve("bin/kamal"));
        Path other = program(folder.resolve("other"));

        assertThat(KamalProgram.find(checkout, Map.of("KAMAL_BIN", "../other")).line())
                .containsExactly(checkout.resolve("../other").toString());
        assertThat(KamalProgram.find(checkout, Map.of("KAMAL_BIN", other.toString()))
                        .line())
                .containsExactly(other.toString());
        assertThatThrownBy(() -> KamalProgram.find(checkout, Map.of("KAMAL_BIN", "gone")))
                .hasMessageContaining("gone");
    }

    private static Path program(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/bin/sh\n");
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
