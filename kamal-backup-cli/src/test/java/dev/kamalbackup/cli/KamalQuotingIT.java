package dev.kamalbackup.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kamalbackup.KamalBackup;
import dev.kamalbackup.testing.Tools;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What arrives on the far side of the real Kamal, sshd and shell is what was sent, and nothing of it is executed. */
class KamalQuotingIT {
    private static final int CALLS = 25;

    @TempDir
    private static Path folder;

    private static KamalLab lab;
    private static Path arrived;
    private static Path canary;

    @BeforeAll
    static void aHostThatWritesDownWhatItIsGiven() throws Exception {
        lab = KamalLab.start(folder, 1);
        arrived = folder.resolve("arrived");
        canary = folder.resolve("canary");
        lab.host()
                .kamalBackup("if [ \"$*\" = version ]; then echo '" + KamalBackup.version()
                        + "'; exit; fi\nprintf '%s\\0' \"$@\" >'" + arrived + "'");
    }

    @AfterAll
    static void theHostIsGone() throws Exception {
        lab.close();
    }

    @Test
    void everyArgumentArrivesAsItWasSent() throws Exception {
        NastyArguments nasty = new NastyArguments(20261128, canary);
        for (int call = 0; call < CALLS; call++) {
            String run = "r" + nasty.one();
            String check = "c" + nasty.one();
            String database = "d" + nasty.one();
            String files = "/f" + nasty.one().replace("\0", "");

            CliLab.Answer answer = new CliLab(lab.checkout.folder)
                    .with("PATH", lab.checkout.folder + "/bin:/usr/bin:/bin")
                    .with("HOME", folder.resolve("home").toString())
                    .with("KAMAL_BIN", Tools.kamal().toString())
                    .run(
                            "drill",
                            "production",
                            run,
                            "--check=" + check,
                            "--database=" + database,
                            "--files=" + files,
                            "--yes");

            assertThat(answer.exitCode()).as("call %d: %s", call, answer).isZero();
            assertThat(arguments()).as("call %d", call).contains("drill", "production", run, check, database, files);
            assertThat(canary).doesNotExist();
        }
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
