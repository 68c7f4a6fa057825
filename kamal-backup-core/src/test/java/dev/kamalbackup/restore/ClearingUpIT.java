package dev.kamalbackup.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kamalbackup.KamalBackup;
import dev.kamalbackup.config.Settings;
import dev.kamalbackup.error.CancelledException;
import dev.kamalbackup.event.BackupListener;
import dev.kamalbackup.testing.Backups;
import dev.kamalbackup.testing.Mounted;
import dev.kamalbackup.testing.ScriptAdapter;
import dev.kamalbackup.testing.TestRepository;
import dev.kamalbackup.testing.Tools;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What cannot be cleared up neither hides why a restore failed, nor keeps the rest from being cleared up. */
class ClearingUpIT {
    @TempDir
    private Path folder;

    @Test
    void aStagedCopyThatCannotBeRemovedHidesNothingAndIsToldOf() throws Exception {
        TestRepository repository = TestRepository.create(folder.resolve("repository"), Tools.restic());
        Path first = Files.createDirectories(folder.resolve("data/first"));
        Path second = Files.createDirectories(folder.resolve("data/second"));
        Files.createDirectories(first.resolve("below"));
        Files.writeString(second.resolve("blob"), "a blob");
        Settings settings = Backups.settings(
                folder,
                repository.settings(),
                List.of(Backups.script("app", "echo rows; echo END")
                        .with("target", folder.resolve("database.txt").toString())),
                List.of(first, second));
        assertThat(Backups.backup(settings).complete()).isTrue();
        Stuck stuck = new Stuck(first, second);
        try (KamalBackup backup = KamalBackup.builder(settings)
                .adapters(new ScriptAdapter())
                .listener(stuck)
                .build()) {
            stuck.cancel.set(() -> backup.cancel("SIGTERM received"));

            assertThatThrownBy(() -> backup.restore(RestoreRequest.latest().withoutSafetyBackup()))
                    .isInstanceOf(CancelledException.class)
                    .hasMessageContaining("SIGTERM received");
        } finally {
            stuck.close();
        }

        assertThat(second.toFile().list()).containsExactly("blob");
        assertThat(stuck.warnings).anyMatch(warning -> warning.contains("remove staged files"));
        assertThat(Files.readString(folder.resolve("state/history.jsonl"))).contains("\"outcome\":\"interrupted\"");
    }

    /** When the second is to be fetched, something is mounted where the first is staged, and a signal comes. */
    private static final class Stuck implements BackupListener, AutoCloseable {
        private final AtomicReference<Runnable> cancel = new AtomicReference<>(() -> {});
        private final List<String> warnings = new ArrayList<>();
        private final Path first;
        private final Path second;
        private @Nullable Mounted mount;

        Stuck(Path first, Path second) {
            this.first = first;
            this.second = second;
        }

        @Override
        public void started(String label) {
            if (label.equals("fetch files " + second)) {
                try {
                    Path stage = FolderSwap.children(first).stream()
                            .filter(child -> child.getFileName().toString().startsWith(FolderSwap.STAGE))
                            .findFirst()
                            .orElseThrow();
                    mount = Mounted.tmpfs(stage.resolve("below"), "size=1m");
                } catch (Exception failed) {
                    throw new AssertionError(failed);
                }
                cancel.get().run();
            }
        }

        @Override
        public void warning(String message) {
            warnings.add(message);
        }

        @Override
        public void close() throws Exception {
            if (mount != null) {
                mount.close();
            }
        }
    }
}
