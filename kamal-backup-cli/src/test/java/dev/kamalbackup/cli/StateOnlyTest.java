package dev.kamalbackup.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kamalbackup.cli.CliLab.Answer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A container's health check comes every few minutes, and must not wait for a password manager. */
class StateOnlyTest {
    @TempDir
    private Path folder;

    @BeforeEach
    void aRun() throws Exception {
        Files.createDirectories(folder.resolve("config"));
        Files.createDirectories(folder.resolve("state"));
        Files.writeString(
                folder.resolve("state/last_backup.json"),
                "{\"finished_at\": \"" + CliLab.NOW.minus(Duration.ofHours(1)) + "\"}");
    }

    @Test
    void theAnswerIsTheSameAndNoProgramIsRun() throws Exception {
        Answer plain = status("{secret: SECRET}");
        assertThat(plain.exitCode()).as("%s", plain).isZero();

        Answer answer = status("{command: [sh, -c, 'echo ran >>ran; echo secret']}");

        assertThat(answer).isEqualTo(plain);
        assertThat(folder.resolve("ran")).doesNotExist();
        assertThat(status("{command: [sh, -c, 'exit 3']}")).isEqualTo(plain);
        assertThat(status("{file: missing}")).isEqualTo(plain);
    }

    private Answer status(String secret) throws Exception {
        Files.writeString(folder.resolve("config/kamal-backup.yml"), """
                app: shop
                databases:
                  - {name: app, adapter: postgres, url: VALUE}
                paths: [%s]
                restic: {repository: VALUE, password: VALUE}
                notify: {failure: VALUE}
                state: {path: state}
                """.formatted(folder.resolve("files"))
                .replace("VALUE", secret));
        return new CliLab(folder)
                .with("SECRET", "https://example.com/")
                .with("PATH", System.getenv("PATH"))
                .run("status", "--state-only", "--json");
    }
}
