package dev.kamalbackup.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.OptionalInt;

/** A running program: its streams, its exit code, and the way to end it with everything it started. */
public interface ChildProcess extends AutoCloseable {
    /** The operating system's id of the process. */
    long pid();

    /** What is written here the program reads; closing it is the end of its input. */
    OutputStream stdin();

    /** What the program writes. */
    InputStream stdout();

    /** The redacted first and last lines of its standard error so far. */
    String stderr();

    /** Waits for the end; empty if it has not ended within the timeout. */
    OptionalInt await(Duration timeout);

    /** Whether the program has ended. */
    boolean hasEnded();

    /** A look at whether it gets anywhere. */
    Motion motion();

    /**
     * Ends the program and all its descendants: asks first, kills after the grace period. Returns when all are gone or
     * nothing more can be done; does nothing to a program that has ended.
     */
    void end(Duration grace);

    /** Ends whatever still runs at once and releases the streams. */
    @Override
    void close();

    /** Closes the program's input, telling nothing if the program closed it first. */
    default void closeStdin() {
        try {
            stdin().close();
        } catch (IOException brokenPipe) {
            // The reader has gone; its exit code, which the caller asks for next, tells why.
            stderr();
        }
    }
}
