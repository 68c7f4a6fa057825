package dev.kamalbackup.restic;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the child of restic tells, step by step. */
class StreamBackupTest {
    /** What a pipe of Linux takes before a writer has to wait; pipe(7). */
    private static final int PIPE_CAPACITY = 64 * 1024;

    @TempDir
    Path folder;

    /** Whoever saw the word too early would open the child's standard output while that still is the file of the word. */
    @Test
    void itDoesNotSayThatItIsOpenBeforeItsStandardOutputIsThePipeAgain() throws Exception {
        Path number = folder.resolve("number");
        Path open = folder.resolve("open");
        run("mkfifo", number.toString());
        try (RandomAccessFile reader = new RandomAccessFile(number.toFile(), "rw")) {
            // A full pipe: the child stays in the middle of writing its number.
            reader.write(new byte[PIPE_CAPACITY]);
            Process child = startChild();
            try {
                Path output = Path.of("/proc", String.valueOf(child.pid()), "fd", "1");
                await(() -> Files.readSymbolicLink(output).equals(number));
                assertThat(open).doesNotExist();

                reader.readFully(new byte[PIPE_CAPACITY]);
                await(() -> Files.exists(open));

                assertThat(Files.readSymbolicLink(output).toString()).startsWith("pipe:");
                byte[] said = new byte[String.valueOf(child.pid()).length()];
                reader.readFully(said);
                assertThat(new String(said, StandardCharsets.US_ASCII)).isEqualTo(String.valueOf(child.pid()));
            } finally {
                child.destroyForcibly().waitFor();
            }
        }
    }

    private Process startChild() throws Exception {
        List<String> command = new ArrayList<>(StreamBackup.arguments(CommitMethod.MARKER, folder));
        command.subList(0, command.indexOf("--") + 1).clear();
        return new ProcessBuilder(command).start();
    }

    private static void run(String... command) throws Exception {
        Process process = new ProcessBuilder(command).start();
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
    }

    private static void await(Callable<Boolean> condition) throws Exception {
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!condition.call()) {
            assertThat(System.nanoTime()).as("waiting").isLessThan(deadline);
            Thread.sleep(5);
        }
    }
}
