package dev.kamalbackup.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kamalbackup.error.BusyException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The lock as the kernel has it, in {@code /proc/locks}. */
class RunLockIT {
    @TempDir
    private Path folder;

    private StateFolder state;

    @BeforeEach
    void aFolder() {
        state = new StateFolder(folder.resolve("state"));
        state.prepare();
    }

    @Test
    void whoeverAsksInTheSameProcessDoesNotGiveItBack() throws IOException {
        try (RunLock lock = acquire("backup")) {
            assertThatThrownBy(() -> acquire("check"))
                    .isInstanceOf(BusyException.class)
                    .hasMessageContaining("backup started at")
                    .hasMessageContaining("process " + ProcessHandle.current().pid());
            assertThat(RunLock.holder(state))
                    .hasValueSatisfying(owner -> assertThat(owner).startsWith("backup started at"));

            assertThat(isLocked()).isTrue();
        }
        assertThat(isLocked()).isFalse();
        assertThat(RunLock.holder(state)).isEmpty();
    }

    @Test
    void bySeveralNamesItIsStillOneFolder() throws IOException {
        StateFolder other = new StateFolder(Files.createSymbolicLink(folder.resolve("link"), state.path()));

        try (RunLock lock = acquire("backup")) {
            assertThatThrownBy(() -> RunLock.acquire(other, "check", Clock.systemUTC(), warning -> {}))
                    .isInstanceOf(BusyException.class);

            assertThat(isLocked()).isTrue();
        }
    }

    private RunLock acquire(String verb) {
        return RunLock.acquire(state, verb, Clock.systemUTC(), warning -> {});
    }

    private boolean isLocked() throws IOException {
        Object inode = Files.getAttribute(state.path().resolve("run.lock"), "unix:ino");
        return Files.readAllLines(Path.of("/proc/locks")).stream()
                .anyMatch(line ->
                        line.contains(" " + ProcessHandle.current().pid() + " ") && line.contains(":" + inode + " "));
    }
}
