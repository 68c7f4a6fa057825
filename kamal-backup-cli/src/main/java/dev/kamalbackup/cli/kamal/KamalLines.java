package dev.kamalbackup.cli.kamal;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Pattern;

/** What Kamal, ssh and docker said themselves: the last lines of it. Safe for use by several threads. */
public final class KamalLines {
    private static final int KEPT = 12;

    /** What Kamal 2 says before and after a command's own output; colours come before it at a terminal. */
    private static final Pattern OWN = Pattern.compile(
            "\\s*(\\x1b\\[[0-9;]*m)*(Launching (interactive )?command .*from existing container\\.\\.\\.|App Host: .*"
                    + "|INFO (\\x1b\\[[0-9;]*m)*\\[.*\\] (Running|Finished in) .*|Connection to .* closed\\.|Pseudo-terminal will not be allocated because stdin is not a terminal\\.)"
                    + "(\\x1b\\[[0-9;]*m|\\r)*");

    private static final Pattern COLOUR = Pattern.compile("\\x1b\\[[0-9;]*m");

    private final Deque<String> lines = new ArrayDeque<>();
    private final Sink sink;

    /** Receives a line that is not Kamal's. */
    @FunctionalInterface
    public interface Sink {
        void line(String line);
    }

    KamalLines() {
        this(line -> {});
    }

    KamalLines(Sink sink) {
        this.sink = sink;
    }

    /** Whether this is a line around a command's output, which says nothing. */
    static boolean isKamals(String line) {
        return OWN.matcher(line).matches();
    }

    synchronized void add(String line) {
        if (isKamals(line) || line.isBlank()) {
            return;
        }
        sink.line(line);
        String text = COLOUR.matcher(line).replaceAll("").strip();
        if (!text.isEmpty() && !lines.contains(text)) {
            lines.add(text);
        }
        if (lines.size() > KEPT) {
            lines.remove();
        }
    }

    /** All of it on one line. */
    synchronized String text() {
        return String.join("; ", lines);
    }
}
