package dev.kamalbackup.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kamalbackup.KamalBackup;
import dev.kamalbackup.cli.kamal.RemoteCall;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What arrives on the far side of the real Kamal, sshd and shell is what was sent, and nothing of it is executed. */
class KamalQuotingIT {
    private static final int CALLS = 8;

    @TempDir
    private static Path folder;

    private static KamalLab lab;
    private static Path arrived;
    private static Path canary;

    @BeforeAll
    static void aHost() throws Exception {
        lab = KamalLab.start(folder, 1);
        arrived = folder.resolve("arrived");
        canary = folder.resolve("canary");
    }

    @AfterAll
    static void theHostIsGone() throws Exception {
        lab.close();
    }

    @Test
    void everyArgumentArrivesAsItWasSent() throws Exception {
        far(KamalBackup.version());
        everyArgumentArrives(line -> RemoteCall.read(line).arguments());
    }

    @Test
    void alsoAtAVersionThatKnowsNoEncoding() throws Exception {
        far("0.9.9");
        everyArgumentArrives(line -> line);
    }

    /** Thousands, through the shell alone: Kamal joins them with blanks, and a shell takes them apart. */
    @Test
    void aShellTakesThemApartAsTheyWere() throws Exception {
        NastyArguments nasty = new NastyArguments(7, canary);
        for (int batch = 0; batch < 40; batch++) {
            List<String> sent = nasty.some(100);
            RemoteCall call = new RemoteCall(sent, Optional.empty());

            assertThat(RemoteCall.read(throughShell(call.line())).arguments())
                    .as("batch %d", batch)
                    .isEqualTo(sent);
            assertThat(canary).doesNotExist();
        }
    }

    private static void everyArgumentArrives(UnaryOperator<List<String>> read) throws Exception {
        NastyArguments nasty = new NastyArguments(20261128, canary);
        for (int call = 0; call < CALLS; call++) {
            String run = "r" + nasty.one();
            String check = "c" + nasty.one();
            String database = "d" + nasty.one();
            String files = "/f" + nasty.one();

            CliLab.Answer answer = lab.checkout.run(
                    "--skip-version-check",
                    "drill",
                    "production",
                    run,
                    "--check=" + check,
                    "--database=" + database,
                    "--files=" + files,
                    "--yes");

            assertThat(arrived).as("call %d: %s", call, answer).exists();
            assertThat(String.join("\0", read.apply(arguments())))
                    .as("call %d", call)
                    .contains("drill", "production", run, check, database, files);
            assertThat(canary).doesNotExist();
        }
    }

    /** From now on the far side says that it is of this version, and writes down what else it is given. */
    private static void far(String version) throws Exception {
        lab.host()
                .kamalBackup("if [ \"$*\" = version ]; then echo '" + version + "'; exit; fi\nprintf '%s\\0' \"$@\" >'"
                        + arrived + "'");
    }

    private static List<String> throughShell(List<String> line) throws Exception {
        Process process = new ProcessBuilder(
                        "/bin/sh", "-c", "printf '%s\\0' " + String.join(" ", line) + " >" + arrived)
                .inheritIO()
                .start();
        assertThat(process.waitFor()).isZero();
        return arguments();
    }

    private static List<String> arguments() throws Exception {
        List<String> all = new ArrayList<>();
        String text = Files.readString(arrived, StandardCharsets.UTF_8);
        Files.delete(arrived);
        for (int start = 0; start < text.length(); ) {
            int end = text.indexOf('\0', start);
            all.add(text.substring(start, end));
            start = end + 1;
        }
        return all;
    }
}
