package dev.kamalbackup.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kamalbackup.testing.SteppingClock;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProgressTest {
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final SteppingClock clock = new SteppingClock(CliLab.NOW);

    @Test
    void onATerminalOneLineShowsBytesRateAndElapsedTime() {
        Progress progress = progress(true);
        progress.started("database app");
        clock.step(Duration.ofSeconds(2));
        progress.progress("database app", 4L * 1024 * 1024);
        progress.progress("database app", 5L * 1024 * 1024);
        progress.finished("database app", "snapshot 01234567");

        assertThat(text())
                .isEqualTo("database app: started\n"
                        + "\r\033[Kdatabase app: 4.0 MiB, 2.0 MiB/s, 2 s"
                        + "\r\033[Kdatabase app: done, snapshot 01234567\n");
    }

    @Test
    void elsewhereOnlyWholeLinesAreWritten() {
        Progress progress = progress(false);
        progress.started("files");
        clock.step(Duration.ofSeconds(2));
        progress.progress("files", 1);
        progress.warning("the secret is canary");
        progress.failed("files", "it is told at the end");

        assertThat(text()).isEqualTo("files: started\nwarning: the secret is [REDACTED]\nfiles: FAILED\n");
    }

    private Progress progress(boolean drawn) {
        Surroundings surroundings = new Surroundings(
                InputStream.nullInputStream(),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                Map.of(),
                Path.of("/"),
                clock,
                drawn);
        return new Progress(surroundings, text -> text.replace("canary", "[REDACTED]"), drawn);
    }

    private String text() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
