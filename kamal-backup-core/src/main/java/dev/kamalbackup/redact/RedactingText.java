package dev.kamalbackup.redact;

import java.util.function.Consumer;

/**
 * Redacts text that arrives in chunks, and passes it on by lines: a secret split over two chunks is still one secret.
 * Not safe for use by several threads.
 */
public final class RedactingText {
    /** A line longer than this is passed on in pieces, so that a tool without line ends cannot fill the memory. */
    private static final int LONGEST_LINE = 16 * 1024;

    private final Redactor redactor;
    private final Consumer<String> lines;
    private final StringBuilder pending = new StringBuilder();

    public RedactingText(Redactor redactor, Consumer<String> lines) {
        this.redactor = redactor;
        this.lines = lines;
    }

    /** Takes the next chunk, of any length. */
    public void append(CharSequence chunk) {
        pending.append(chunk);
        int start = 0;
        for (int i = 0; i < pending.length(); i++) {
            if (pending.charAt(i) == '\n') {
                emit(pending.substring(start, i));
                start = i + 1;
            }
        }
        pending.delete(0, start);
        if (pending.length() > LONGEST_LINE + redactor.holdBack()) {
            emitPiece();
        }
    }

    /** Passes on what is left; call once, at the end. */
    public void end() {
        if (!pending.isEmpty()) {
            emit(pending.toString());
            pending.setLength(0);
        }
    }

    /**
     * Cuts the pending line where no secret can lie across the cut: redact first, then keep back as many characters as
     * the longest secret has, unredacted ones included.
     */
    private void emitPiece() {
        String redacted = redactor.redact(pending.toString());
        int cut = Math.max(0, redacted.length() - redactor.holdBack());
        int mark = redacted.lastIndexOf(Redactor.MARK, cut);
        if (mark >= 0 && mark + Redactor.MARK.length() > cut) {
            cut = mark;
        }
        lines.accept(redacted.substring(0, cut));
        pending.setLength(0);
        pending.append(redacted, cut, redacted.length());
    }

    private void emit(String line) {
        lines.accept(redactor.redact(line.endsWith("\r") ? line.substring(0, line.length() - 1) : line));
    }
}
