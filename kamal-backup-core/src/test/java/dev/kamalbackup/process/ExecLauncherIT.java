package dev.kamalbackup.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kamalbackup.error.CancelledException;
import dev.kamalbackup.error.ToolException;
import dev.kamalbackup.redact.Redactor;
import dev.kamalbackup.redact.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real programs: what reaches them is exact, and nothing of them is left. */
class ExecLauncherIT {
    private static final Duration LONG = Duration.ofSeconds(30);

    private final Redactor redactor = Redactor.knowing(List.of(new Secret("canary-secret")), Map.of());
    private final ExecLauncher launcher = ExecLauncher.detect(redactor, System.getenv());

    @TempDir
    private Path folder;

    @AfterEach
    void nothingIsLeftRunning() {
        assertThat(ProcessHandle.current().descendants()).isEmpty();
    }

    @Test
    void argumentsArriveAsTheyAre() {
        List<String> odd =
                List.of(" blanks at both ends ", "", "a\"b'c", "$HOME `id` \\", "new\nline", "*", "-n", "ünïcode 漢");

        CommandOutput output = run("for a; do printf '%s\\0' \"$a\"; done", odd);

        assertThat(List.of(output.stdout().split("\0", -1)).subList(0, odd.size()))
                .isEqualTo(odd);
    }

    @Test
    void theEnvironmentIsTheGivenOneWithALocaleAndAMark() {
        CommandOutput output =
                launcher.run(new Command("env", List.of(), environment().with("ONE", "1 ")), LONG, new Cancellation());

        assertThat(output.stdout().lines().map(line -> line.split("=", 2)[0]))
                .containsExactlyInAnyOrder("PATH", "LC_ALL", "ONE", "KAMAL_BACKUP_CHILD");
        assertThat(output.stdout()).contains("ONE=1 \n");
    }

    @Test
    void aMissingProgramIsNamedWithWhatToDo() {
        assertThatThrownBy(() -> launcher.run(
                        new Command("no-such-program", List.of(), environment()), LONG, new Cancellation()))
                .isInstanceOfSatisfying(ToolException.class, missing -> {
                    assertThat(missing.fault().subject()).isEqualTo("no-such-program");
                    assertThat(missing.fault().reason()).contains("was not found on the PATH");
                    assertThat(missing.fault().hint()).contains("install no-such-program");
                });
    }

    @Test
    void aChildThatDiesWithUnreadInputIsToldByItsSignal() throws Exception {
        try (ChildProcess child = launcher.start(shell("read line; kill -9 $$", List.of()), line -> {})) {
            child.stdin().write("go\n".getBytes(StandardCharsets.UTF_8));
            child.stdin().flush();
            // Left in the buffer: whoever closes the stream now meets a broken pipe.
            child.stdin().write("never read".getBytes(StandardCharsets.UTF_8));
            assertThat(child.stdout().readAllBytes()).isEmpty();

            assertThat(child.await(LONG)).hasValue(137);
        }
    }

    @Test
    void atItsTimeoutTheWholeTreeEnds() throws Exception {
        Path pids = folder.resolve("pids");

        assertThatThrownBy(() -> launcher.run(
                        shell("echo waiting >&2; sleep 300 & echo $! >>" + pids + "; setsid sleep 300", List.of()),
                        Duration.ofSeconds(2),
                        new Cancellation()))
                .isInstanceOf(ToolException.class)
                .hasMessageContaining("did not end within 2 s")
                .hasMessageContaining("waiting");

        long pid = Long.parseLong(Files.readString(pids).strip());
        assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isEmpty();
    }

    @Test
    void aCancellationEndsIt() {
        Cancellation cancellation = new Cancellation();
        Thread canceller = new Thread(() -> {
            while (ProcessHandle.current().descendants().findAny().isEmpty()) {
                Thread.onSpinWait();
            }
            cancellation.cancel("the test says so");
        });
        canceller.start();

        assertThatThrownBy(() -> launcher.run(shell("sleep 300", List.of()), LONG, cancellation))
                .isInstanceOf(CancelledException.class)
                .hasMessageContaining("the test says so");
    }

    @Test
    void whatAnotherLauncherOfThisProcessStartedLivesOn() {
        ExecLauncher other = ExecLauncher.detect(Redactor.knowing(List.of(), Map.of()), System.getenv());
        try (ChildProcess mine = launcher.start(shell("sleep 300", List.of()), line -> {});
                ChildProcess theirs = other.start(shell("sleep 300", List.of()), line -> {})) {
            mine.end(Duration.ofSeconds(5));

            assertThat(ProcessHandle.of(mine.pid()).filter(ProcessHandle::isAlive))
                    .isEmpty();
            assertThat(ProcessHandle.of(theirs.pid()).filter(ProcessHandle::isAlive))
                    .isPresent();
        }
    }

    @Test
    void whatAnInterruptedThreadStartsIsNotLostAndItsRunIsCutShort() {
        Thread.currentThread().interrupt();
        try (ChildProcess child = launcher.start(shell("sleep 300", List.of()), line -> {})) {
            assertThat(child.hasEnded()).isFalse();
        }
        assertThatThrownBy(() -> launcher.run(shell("sleep 300", List.of()), LONG, new Cancellation()))
                .isInstanceOf(CancelledException.class)
                .hasMessageContaining("the thread was interrupted");

        assertThat(Thread.interrupted()).isTrue();
        assertThat(ProcessHandle.current().descendants().filter(ProcessHandle::isAlive))
                .isEmpty();
    }

    @Test
    void whatIsLeftBehindHoldingThePipeDoesNotHoldUsUp() {
        CommandOutput output = run("(sleep 300) & echo done", List.of());

        assertThat(output.stdout()).isEqualTo("done\n");
        assertThat(output.exitCode()).isZero();
    }

    @Test
    void standardErrorIsKeptInBoundsAndWithoutSecrets() {
        List<String> heard = new CopyOnWriteArrayList<>();
        try (ChildProcess child = launcher.start(
                shell(
                        "echo first >&2; printf canary- >&2; sleep 0.2; echo secret >&2;"
                                + " i=0; while [ $i -lt 20000 ]; do echo line $i >&2; i=$((i+1)); done; echo last >&2; exit 3",
                        List.of()),
                heard::add)) {
            child.closeStdin();
            assertThat(readAll(child)).isEmpty();

            assertThat(child.await(LONG)).hasValue(3);
            assertThat(child.stderr())
                    .contains("first")
                    .contains("last")
                    .doesNotContain("canary-secret")
                    .hasSizeLessThan(20_000);
            assertThat(heard).hasSize(20_003).noneMatch(line -> line.contains("canary-secret"));
        }
    }

    private CommandOutput run(String script, List<String> arguments) {
        return launcher.run(shell(script, arguments), LONG, new Cancellation());
    }

    private Command shell(String script, List<String> arguments) {
        List<String> all = new ArrayList<>(List.of("-c", script, "sh"));
        all.addAll(arguments);
        return new Command("/bin/sh", all, environment());
    }

    private static ChildEnvironment environment() {
        return ChildEnvironment.basics(Map.of("PATH", System.getenv("PATH")));
    }

    private static byte[] readAll(ChildProcess child) {
        try {
            return child.stdout().readAllBytes();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
