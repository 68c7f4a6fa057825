package dev.kamalbackup.testing;

import dev.kamalbackup.KamalBackup;
import dev.kamalbackup.config.DatabaseSettings;
import dev.kamalbackup.event.BackupListener;
import dev.kamalbackup.run.BackupRequest;
import dev.kamalbackup.run.BackupResult;
import dev.kamalbackup.spi.DatabaseAdapter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/** A backup in the middle of whose dump something happens. */
public final class InTheMiddle {
    private InTheMiddle() {}

    /** Backs up one database and runs this once the first bytes have gone by. */
    public static BackupResult of(
            DatabaseAdapter adapter,
            Map<String, String> environment,
            Path folder,
            DatabaseSettings database,
            TestRepository repository,
            Runnable inTheMiddle) {
        AtomicBoolean done = new AtomicBoolean();
        BackupListener listener = new BackupListener() {
            @Override
            public void progress(String label, long bytes) {
                if (bytes > 0 && done.compareAndSet(false, true)) {
                    inTheMiddle.run();
                }
            }
        };
        try (KamalBackup backup = KamalBackup.builder(
                        Backups.settings(folder, repository.settings(), List.of(database), List.of()))
                .adapters(adapter)
                .environment(environment)
                .listener(listener)
                .build()) {
            return Backups.made(backup.backup(BackupRequest.now()));
        }
    }

    /** The command lines of everything that runs on this machine. */
    public static List<String> commandLines() {
        try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
            List<String> lines = new ArrayList<>();
            for (Path process : processes
                    .filter(path -> path.getFileName().toString().matches("\\d+"))
                    .toList()) {
                read(process.resolve("cmdline"), lines);
            }
            return lines;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static void read(Path commandLine, List<String> lines) {
        try {
            lines.add(Files.readString(commandLine).replace('\0', ' '));
        } catch (IOException endedMeanwhile) {
            lines.add("");
        }
    }
}
