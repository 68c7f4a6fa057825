package dev.kamalbackup.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/** The program. */
public final class Main {
    private static final int INTERRUPTED = 130;

    private Main() {}

    /** Runs one command and ends with its exit code. */
    public static void main(String[] arguments) {
        Signals signals = new Signals();
        Runtime.getRuntime().addShutdownHook(new Thread(signals::received, "signals"));
        int exitCode = 1;
        try {
            exitCode = new FarSide(surroundings(), signals, Library::open)
                    .run(List.of(arguments), System::setErr, () -> System.exit(INTERRUPTED));
        } finally {
            signals.finished();
        }
        // If a signal came first, this blocks and the JVM ends with the signal's own exit code, as it should.
        System.exit(exitCode);
    }

    static Surroundings surroundings() {
        // JSON is UTF-8 whatever the locale, and a file name must not be shown as question marks in a bare container.
        return new Surroundings(
                System.in,
                new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8),
                new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8),
                System.getenv(),
                Path.of("").toAbsolutePath(),
                Clock.systemUTC(),
                Terminal.isThere());
    }
}
