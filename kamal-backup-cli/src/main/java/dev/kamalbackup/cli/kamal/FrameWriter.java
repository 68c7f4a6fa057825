package dev.kamalbackup.cli.kamal;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * The far side of framed output: both streams and the exit code go through standard output, each piece on a line of its
 * own, so that no line of Kamal, ssh or docker can be taken for output. Safe for use by several threads.
 */
public final class FrameWriter {
    /** The beginning of every frame; the token follows. */
    static final String START = "kb1:";

    static final char BEGIN = 'b';
    static final char OUT = 'o';
    static final char ERR = 'e';
    static final char END = 'x';

    private static final int LARGEST = 6 * 1024;

    private final PrintStream output;
    private final String token;

    /** @param output standard output, used for nothing else from now on */
    public FrameWriter(PrintStream output, String token) {
        this.output = output;
        this.token = token;
        line(BEGIN, "");
    }

    /** A stream for results. */
    public PrintStream out() {
        return new PrintStream(new Framed(OUT), true, StandardCharsets.UTF_8);
    }

    /** A stream for all else. */
    public PrintStream err() {
        return new PrintStream(new Framed(ERR), true, StandardCharsets.UTF_8);
    }

    /** The last frame. */
    public void end(int exitCode) {
        line(END, Integer.toString(exitCode));
    }

    private synchronized void line(char mark, String text) {
        output.print(START + token + ":" + mark + ":" + text + "\n");
        output.flush();
    }

    /** One of the two streams. PrintStream flushes what it is given at once, so pieces stay as they were written. */
    private final class Framed extends OutputStream {
        private final char mark;
        private final byte[] held = new byte[LARGEST];
        private int size;

        Framed(char mark) {
            this.mark = mark;
        }

        @Override
        public synchronized void write(int single) throws IOException {
            write(new byte[] {(byte) single}, 0, 1);
        }

        @Override
        public synchronized void write(byte[] bytes, int offset, int length) throws IOException {
            for (int done = 0; done < length; ) {
                int piece = Math.min(length - done, LARGEST - size);
                System.arraycopy(bytes, offset + done, held, size, piece);
                size += piece;
                done += piece;
                if (size == LARGEST) {
                    flush();
                }
            }
        }

        @Override
        public synchronized void flush() throws IOException {
            if (size > 0) {
                byte[] piece = java.util.Arrays.copyOf(held, size);
                size = 0;
                line(mark, Base64.getEncoder().encodeToString(piece));
            }
            if (output.checkError()) {
                throw new IOException("standard output is closed");
            }
        }
    }
}
