package dev.kamalbackup.cli.kamal;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Base64;
import java.util.OptionalInt;
import java.util.function.Consumer;

/** The near side of framed output: sorts the lines of Kamal's standard output. Not safe for use by several threads. */
final class FrameReader {
    private final String start;
    private final OutputStream out;
    private final OutputStream err;
    private final Consumer<String> others;
    private boolean begun;
    private OptionalInt exitCode = OptionalInt.empty();

    /** @param others receives every line that is no frame */
    FrameReader(String token, OutputStream out, OutputStream err, Consumer<String> others) {
        this.start = FrameWriter.START + token + ":";
        this.out = out;
        this.err = err;
        this.others = others;
    }

    /**
     * Takes one line.
     *
     * @throws IOException if what was in it cannot be written on
     */
    void line(String line) throws IOException {
        int at = line.indexOf(start);
        // Kamal may put words before the first line of what it captured.
        String frame = at < 0 ? "" : line.substring(at + start.length()).strip();
        if (frame.length() < 2 || frame.charAt(1) != ':') {
            others.accept(line);
            return;
        }
        begun = true;
        String text = frame.substring(2);
        try {
            take(frame.charAt(0), text);
        } catch (IllegalArgumentException damaged) {
            others.accept(line);
        }
    }

    private void take(char mark, String text) throws IOException {
        if (mark == FrameWriter.OUT) {
            write(out, text);
        } else if (mark == FrameWriter.ERR) {
            write(err, text);
        } else if (mark == FrameWriter.END) {
            exitCode = OptionalInt.of(Integer.parseInt(text));
        }
    }

    private static void write(OutputStream stream, String text) throws IOException {
        stream.write(Base64.getDecoder().decode(text));
        stream.flush();
    }

    /** Whether the far side has started. */
    boolean begun() {
        return begun;
    }

    /** With what the far side ended, if it has. */
    OptionalInt exitCode() {
        return exitCode;
    }
}
