package dev.kamalbackup.process;

import java.time.Duration;
import java.util.function.Consumer;

/** Starts programs. The one place through which every child of this library is born. */
public interface ProcessLauncher {
    /**
     * Starts a program and leaves its streams to the caller, who must read standard output to its end (or close it) and
     * close the child.
     *
     * @param stderrLines receives every redacted line of standard error, on a thread of the child's own
     * @throws dev.kamalbackup.error.ToolException if the program does not exist or cannot be started
     */
    ChildProcess start(Command command, Consumer<String> stderrLines);

    /**
     * Runs a small program to its end and keeps its whole standard output, so only for programs whose output is bounded.
     *
     * @param timeout how long it may take; the whole process tree is ended then
     * @throws dev.kamalbackup.error.ToolException if it cannot be started or does not end in time
     * @throws dev.kamalbackup.error.CancelledException if stopping was asked for meanwhile
     */
    CommandOutput run(Command command, Duration timeout, Cancellation cancellation);
}
