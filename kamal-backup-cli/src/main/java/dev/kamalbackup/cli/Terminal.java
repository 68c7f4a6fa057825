package dev.kamalbackup.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Whether a person sits there. {@link System#console} answers differently from JDK 22 on, so Linux is asked where input
 * and standard error lead to.
 */
final class Terminal {
    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

    private Terminal() {}

    @SuppressWarnings("SystemConsoleNull") // asked only where there is no /proc, and then no worse than nothing
    static boolean isThere() {
        if (!Files.isDirectory(DESCRIPTORS)) {
            return System.console() != null;
        }
        return List.of("0", "2").stream().allMatch(Terminal::leadsToTerminal);
    }

    private static boolean leadsToTerminal(String descriptor) {
        try {
            String target =
                    Files.readSymbolicLink(DESCRIPTORS.resolve(descriptor)).toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
        } catch (IOException closed) {
            // A closed descriptor is no terminal.
            return false;
        }
    }
}
