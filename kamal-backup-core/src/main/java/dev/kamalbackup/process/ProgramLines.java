package dev.kamalbackup.process;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** Runs programs whose output is looked at line by line and not kept, however long it is. */
public final class ProgramLines {
    private static final Duration GRACE = Duration.ofSeconds(3);
    private static final Duration EXIT_AFTER_LAST_LINE = Duration.ofMinutes(1);

    private final ProcessLauncher launcher;

    public ProgramLines(ProcessLauncher launcher) {
        this.launcher = launcher;
    }

    /**
     * Runs the program to its end; the answer is what is wrong with its outcome, or empty.
     *
     * @param timeout how long it may take; the whole process tree is ended then
     * @param line told of each line; what it throws ends the program
     * @throws dev.kamalbackup.error.ToolException if it cannot be started
     * @throws dev.kamalbackup.error.CancelledException if stopping was asked for
     */
    public Optional<String> run(Command command, Duration timeout, Consumer<String> line, Cancellation cancellation) {
        cancellation.throwIfCancelled("run " + command.name(), command.program());
        try (ChildProcess child = launcher.start(command, ignored -> {});
                Cancellation.Registration stop = cancellation.onCancel(() -> child.end(GRACE))) {
            child.closeStdin();
            AtomicBoolean late = new AtomicBoolean();
            watch(child, timeout, late);
            Optional<String> unread = read(child, line);
            OptionalInt exit = child.await(EXIT_AFTER_LAST_LINE);
            cancellation.throwIfCancelled("run " + command.name(), command.program());
            if (late.get()) {
                return Optional.of(command.name() + " did not end within " + timeout.toSeconds() + " s" + said(child));
            }
            return flaw(command, child, exit).or(() -> unread);
        }
    }

    /** What the end of a program shows to be wrong, with its own words; empty if it ended well. */
    public static Optional<String> flaw(Command command, ChildProcess child, OptionalInt exit) {
        if (exit.isEmpty()) {
            return Optional.of(command.name() + " wrote its last line and did not end" + said(child));
        }
        int code = exit.getAsInt();
        if (code == 0) {
            return Optional.empty();
        }
        return Optional.of(command.name() + " " + CommandOutput.ending(code) + said(child));
    }

    private static Optional<String> read(ChildProcess child, Consumer<String> line) {
        LineInput lines = new LineInput(child.stdout());
        try {
            for (String next = lines.next(); next != null; next = lines.next()) {
                line.accept(next);
            }
            return Optional.empty();
        } catch (IOException broken) {
            // It may write for ever what nobody can read.
            child.end(GRACE);
            return Optional.of("its output could not be read: " + broken.getMessage());
        }
    }

    private static void watch(ChildProcess child, Duration timeout, AtomicBoolean late) {
        Thread thread = new Thread(
                () -> {
                    if (child.await(timeout).isEmpty()) {
                        late.set(true);
                        child.end(GRACE);
                    }
                },
                "time limit");
        thread.setDaemon(true);
        thread.start();
    }

    private static String said(ChildProcess child) {
        return child.stderr().isEmpty() ? "" : ": " + child.stderr();
    }
}
