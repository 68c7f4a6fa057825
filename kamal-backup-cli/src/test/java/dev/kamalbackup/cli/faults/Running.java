package dev.kamalbackup.cli.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/** The program, started and under way. */
final class Running {
    /** No fault may make it hang; on a busy machine the same takes many times as long. */
    private static final long PATIENCE_SECONDS = 180;

    final Process process;
    private final Path out;
    private final Path err;

    Running(Process process, Path out, Path err) {
        this.process = process;
        this.out = out;
        this.err = err;
    }

    /** Waits for the moment. */
    Running when(String moment, Callable<Boolean> condition) throws Exception {
        long deadline = System.nanoTime() + Duration.ofSeconds(PATIENCE_SECONDS).toNanos();
        while (!condition.call()) {
            assertThat(process.isAlive())
                    .as("it ended before %s: %s", moment, text())
                    .isTrue();
            assertThat(System.nanoTime())
                    .as("waiting for %s: %s", moment, text())
                    .isLessThan(deadline);
            Thread.sleep(20);
        }
        return this;
    }

    /** Waits for the moment which a program marks with a file. */
    Running when(Path mark) throws Exception {
        return when(mark.getFileName().toString(), () -> Files.exists(mark));
    }

    Running terminate() {
        process.destroy();
        return this;
    }

    Running kill() {
        process.destroyForcibly();
        return this;
    }

    /** Waits for its end. */
    Ended end() throws Exception {
        boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (!ended) {
            process.destroyForcibly().waitFor();
        }
        assertThat(ended).as("it hangs: %s", text()).isTrue();
        return new Ended(process.exitValue(), read(out), read(err));
    }

    String text() throws IOException {
        return read(out) + read(err);
    }

    private static String read(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    }

    /** What it said, and how it ended. */
    record Ended(int exitCode, String out, String err) {
        /** The exit code, and what the messages name. */
        Ended with(int code, String... words) {
            assertThat(exitCode).as("%s", this).isEqualTo(code);
            for (String word : words) {
                assertThat(err).contains(word);
            }
            return this;
        }

        /** All went well, whatever happened. */
        Ended well() {
            return with(0);
        }
    }
}
