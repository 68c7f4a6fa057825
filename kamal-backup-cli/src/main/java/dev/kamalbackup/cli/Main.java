package dev.kamalbackup.cli;

import java.nio.file.Path;
import java.time.Clock;

/** The program. */
public final class Main {
    private Main() {}

    /** Runs one command and ends with its exit code. */
    public static void main(String[] arguments) {
        Signals signals = new Signals();
        Runtime.getRuntime().addShutdownHook(new Thread(signals::received, "signals"));
        boolean terminal = Terminal.isThere();
        Surroundings surroundings = new Surroundings(
                System.in,
                System.out,
                System.err,
                System.getenv(),
                Path.of("").toAbsolutePath(),
                Clock.systemUTC(),
                terminal);
        int exitCode = new CommandLineProgram(surroundings, signals).run(arguments);
        System.out.flush();
        signals.finished();
        // If a signal came first, this blocks and the JVM ends with the signal's own exit code, as it should.
        System.exit(exitCode);
    }
}
