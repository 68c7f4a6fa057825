package dev.kamalbackup.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code bin/kamal-backup}, called as people call it: by a link on the PATH, by a relative path, before a build. */
class WrapperIT {
    private static final Path WRAPPER =
            Path.of("../bin/kamal-backup").toAbsolutePath().normalize();

    @TempDir
    private Path folder;

    private Path checkout;

    @BeforeEach
    void anAppsCheckout() throws IOException {
        checkout = Files.createDirectories(folder.resolve("my app"));
        Files.createDirectories(checkout.resolve("config"));
        Files.writeString(checkout.resolve("config/deploy.yml"), "service: shop\n");
    }

    @Test
    void aLinkOnThePathWorksInTheCheckoutThatOneIsIn() throws Exception {
        Path bin = Files.createDirectories(folder.resolve("on the path"));
        Path first = Files.createSymbolicLink(bin.resolve("first"), WRAPPER);
        Path second = Files.createSymbolicLink(bin.resolve("kamal-backup"), first.getFileName());

        CliLab.Answer answer = run("PATH=\"" + bin + ":$PATH\"; kamal-backup init");
        // The folder's removal would complain of links that lead out of it.
        Files.delete(second);
        Files.delete(first);

        assertThat(answer.exitCode()).as("%s", answer).isZero();
        assertThat(checkout.resolve("config/kamal-backup.yml")).content().contains("app: shop");
    }

    @Test
    void aRelativePathAndArgumentsWithSpacesWork() throws Exception {
        CliLab.Answer answer = run(checkout.toRealPath().relativize(WRAPPER.toRealPath()) + " help 'no such' command");

        assertThat(answer.exitCode()).isEqualTo(2);
        assertThat(answer.err()).contains("no such");
    }

    @Test
    void withoutABuildOrJavaItSaysWhatToDo() throws Exception {
        Path elsewhere = Files.createDirectories(folder.resolve("unbuilt/bin")).resolve("kamal-backup");
        Files.copy(WRAPPER, elsewhere, java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);

        assertThat(run("'" + elsewhere + "' version").err())
                .contains("it is not built yet")
                .contains("./mvnw package");
        assertThat(run("JAVA_HOME=/nowhere '" + WRAPPER + "' version").err())
                .contains("there is no Java at /nowhere/bin/java");
    }

    private CliLab.Answer run(String script) throws Exception {
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        ProcessBuilder builder = new ProcessBuilder("/bin/sh", "-c", script)
                .directory(checkout.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().clear();
        builder.environment().putAll(Map.of("PATH", "/usr/bin:/bin", "JAVA_HOME", System.getProperty("java.home")));
        Process process = builder.start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new CliLab.Answer(
                process.exitValue(),
                Files.readString(out, StandardCharsets.UTF_8),
                Files.readString(err, StandardCharsets.UTF_8));
    }
}
