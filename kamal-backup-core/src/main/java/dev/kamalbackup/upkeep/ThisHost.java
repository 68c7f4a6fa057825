package dev.kamalbackup.upkeep;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.LongFunction;

/**
 * The machine, or the container, we are in.
 *
 * @param name its name, as restic writes it into its locks
 * @param program the program of a process: empty text if that may not be known, nothing if there is no such process
 */
public record ThisHost(String name, LongFunction<Optional<String>> program) {
    private static final Path KERNEL_NAME = Path.of("/proc/sys/kernel/hostname");

    /** The real one. */
    public static ThisHost real() {
        try {
            String name = Files.exists(KERNEL_NAME)
                    ? Files.readString(KERNEL_NAME).strip()
                    : InetAddress.getLocalHost().getHostName();
            return new ThisHost(name, ThisHost::programOf);
        } catch (IOException failed) {
            throw new UncheckedIOException("the name of this machine cannot be told", failed);
        }
    }

    private static Optional<String> programOf(long pid) {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .map(process -> process.info().command().orElse(""));
    }
}
