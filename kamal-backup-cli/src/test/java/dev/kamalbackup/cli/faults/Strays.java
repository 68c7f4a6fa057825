package dev.kamalbackup.cli.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What the program started and what still runs; known by the mark that all its children inherit (ADR 3). */
final class Strays {
    private final String folder;

    Strays(Path folder) {
        this.folder = folder.toString();
    }

    /** Waits a moment for them to end, and returns those that do not. */
    List<String> after(Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        List<ProcessHandle> left = now();
        while (!left.isEmpty() && System.nanoTime() < deadline) {
            Thread.sleep(50);
            left = now();
        }
        return left.stream()
                .map(process ->
                        process.pid() + " " + read(process.pid(), "cmdline").replace('\0', ' '))
                .toList();
    }

    void end() {
        now().forEach(ProcessHandle::destroyForcibly);
    }

    private List<ProcessHandle> now() {
        try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
            List<ProcessHandle> ours = new ArrayList<>();
            for (Path process : processes
                    .filter(path -> path.getFileName().toString().matches("\\d+"))
                    .toList()) {
                long pid = Long.parseLong(process.getFileName().toString());
                String environment = read(pid, "environ");
                if (environment.contains("KAMAL_BACKUP_CHILD=") && environment.contains(folder)) {
                    ProcessHandle.of(pid).ifPresent(ours::add);
                }
            }
            return ours;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static String read(long pid, String file) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(pid), file), StandardCharsets.ISO_8859_1);
        } catch (IOException endedMeanwhile) {
            return "";
        }
    }
}
