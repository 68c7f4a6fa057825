package dev.kamalbackup.cli;

import dev.kamalbackup.event.BackupListener;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Tells on standard error what goes on; bytes, rate and elapsed time on one line that is drawn anew, on a terminal. */
final class Progress implements BackupListener {
    private static final Duration REDRAW = Duration.ofMillis(200);
    private static final String CLEAR_LINE = "\r\033[K";

    private final PrintStream err;
    private final Clock clock;
    private final UnaryOperator<String> redactor;
    private final boolean drawn;
    private @Nullable Instant startedAt;
    private @Nullable Instant drawnAt;
    private boolean lineOpen;
    private boolean stamped;

    Progress(Surroundings surroundings, UnaryOperator<String> redactor, boolean drawn) {
        this.err = surroundings.err();
        this.clock = surroundings.clock();
        this.redactor = redactor;
        this.drawn = drawn;
    }

    @Override
    public synchronized void started(String label) {
        startedAt = clock.instant();
        line(label + ": started");
    }

    @Override
    public synchronized void progress(String label, long bytes) {
        Instant now = clock.instant();
        Instant start = startedAt;
        if (!drawn
                || start == null
                || (drawnAt != null && Duration.between(drawnAt, now).compareTo(REDRAW) < 0)) {
            return;
        }
        drawnAt = now;
        Duration elapsed = Duration.between(start, now);
        long rate = bytes * 1000 / Math.max(1, elapsed.toMillis());
        err.print(CLEAR_LINE + label + ": " + Text.bytes(bytes) + ", " + Text.bytes(rate) + "/s, " + elapsed.toSeconds()
                + " s");
        err.flush();
        lineOpen = true;
    }

    @Override
    public synchronized void finished(String label, String outcome) {
        line(label + ": done, " + outcome);
    }

    @Override
    public synchronized void failed(String label, String reason) {
        // The reason follows at the end, with what to do about it.
        line(label + ": FAILED");
    }

    @Override
    public synchronized void warning(String message) {
        line("warning: " + message);
    }

    @Override
    public synchronized void next(String job, Instant at) {
        line("next " + job + " at " + Text.time(at) + ", in " + Text.duration(Duration.between(clock.instant(), at)));
    }

    /** From now on lines begin with the time: they are read much later, in a log. */
    synchronized void logAs(String firstLine) {
        stamped = true;
        line(firstLine);
    }

    /** Makes room for other words on standard error. */
    synchronized void endLine() {
        if (lineOpen) {
            err.print(CLEAR_LINE);
            err.flush();
            lineOpen = false;
        }
    }

    private void line(String text) {
        endLine();
        String time = stamped ? Text.time(clock.instant()) + " " : "";
        err.println(time + Text.printable(redactor.apply(text)));
    }
}
