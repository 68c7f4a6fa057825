package dev.kamalbackup.run;

import dev.kamalbackup.plan.RowCount;
import dev.kamalbackup.process.Cancellation;
import dev.kamalbackup.process.ChildProcess;
import dev.kamalbackup.process.LineInput;
import dev.kamalbackup.process.ProcessLauncher;
import dev.kamalbackup.process.ProgramLines;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The session that holds a view of a database open and counts in it. It ends when it is closed or cancelled. */
final class ViewSession implements AutoCloseable {
    private static final Duration GRACE = Duration.ofSeconds(3);
    private static final Duration EXIT_AFTER_LAST_LINE = Duration.ofSeconds(10);

    private final RowCount.InView how;
    private final ChildProcess child;
    private final LineInput answers;
    private final Cancellation.Registration stop;

    ViewSession(RowCount.InView how, ProcessLauncher launcher, Cancellation cancellation) {
        this.how = how;
        this.child = launcher.start(how.session(), line -> {});
        this.answers = new LineInput(child.stdout());
        this.stop = cancellation.onCancel(() -> child.end(GRACE));
    }

    /**
     * Opens the view and returns its name.
     *
     * @throws IOException if there is none, with the session's own words
     */
    String open() throws IOException {
        say(how.open());
        String name = answers.next();
        if (name == null) {
            throw new IOException(flaw().orElse(how.session().name() + " ended without a word"));
        }
        if (name.isBlank()) {
            throw new IOException(how.session().name() + " did not say what its view is called");
        }
        return name.strip();
    }

    /**
     * Counts, and ends the session.
     *
     * @param line told of each line
     * @throws IOException if it did not come to its end, with the session's own words
     */
    void count(Consumer<String> line) throws IOException {
        say(how.count());
        child.closeStdin();
        for (@Nullable String next = answers.next(); next != null; next = answers.next()) {
            line.accept(next);
        }
        Optional<String> flaw = flaw();
        if (flaw.isPresent()) {
            throw new IOException(flaw.get());
        }
    }

    @Override
    public void close() {
        stop.close();
        child.close();
    }

    private void say(String statements) throws IOException {
        try {
            child.stdin().write((statements + "\n").getBytes(StandardCharsets.UTF_8));
            child.stdin().flush();
        } catch (IOException hasGone) {
            // Why, its exit code and its own words tell.
            throw new IOException(flaw().orElse(String.valueOf(hasGone.getMessage())), hasGone);
        }
    }

    private Optional<String> flaw() throws IOException {
        // A program counts as ended when what it wrote was read or is not wanted.
        child.stdout().close();
        return ProgramLines.flaw(how.session(), child, child.await(EXIT_AFTER_LAST_LINE));
    }
}
