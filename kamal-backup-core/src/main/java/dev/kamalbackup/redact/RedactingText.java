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
        int start = 0;
        int next = pending.length();
        pending.append(chunk);
        for (int i = next; i < pending.length(); i++) {
            if (pending.charAt(i) == '\n') {
                emit(pending.substring(start, i));
                start = i + 1;
            }
        }
        pending.delete(0, start);
        if (pending.length() > 2 * LONGEST_LINE + redactor.holdBack()) {
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
     * Passes on the beginning of the pending line, cut where no secret can lie across: before one that is there, before
     * any that may still become whole, and at a blank if there is one near, for an unknown URL's user part has none.
     */
    private void emitPiece() {
        String text = pending.toString();
        int cut = blankBefore(text, text.length() - redactor.holdBack());
        for (Redactor.Span span : redactor.spans(text)) {
            if (span.start() < cut && span.end() > cut) {
                // One secret after another, overlapping from the very start: there is no place before them.
                cut = span.start() == 0 ? span.end() : span.start();
            }
        }
        lines.accept(redactor.redact(text.substring(0, cut)));
        pending.delete(0, cut);
    }

    private static int blankBefore(String text, int limit) {
        for (int i = limit; i > limit - LONGEST_LINE; i--) {
            if (Character.isWhitespace(text.charAt(i - 1))) {
                return i;
            }
        }
        return limit;
    }

    private void emit(String line) {
        lines.accept(redactor.redact(line.endsWith("\r") ? line.substring(0, line.length() - 1) : line));
    }
}
