package dev.kamalbackup.state;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How the lines of the history hang together. A line carries the hash of the one before; behind a line that is half, the
 * hash of everything back to the last whole one, since half a line carries nothing itself.
 */
final class HistoryChain {
    static final String START = "0".repeat(64);
    static final String PREVIOUS = "previous";
    static final String NUMBER = "line";

    /** In a line that was written while there was no head: what it says of that. */
    static final String HEAD = "head";

    private final HistoryHead.State head;
    private final List<byte[]> lines;
    private final List<HistoryProof.Break> breaks = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    /** The number that the line before carries, or its place where it carries none. */
    private int numberBefore;

    HistoryChain(HistoryHead.State head, List<byte[]> lines) {
        this.head = head;
        this.lines = lines;
    }

    static boolean isWhole(byte[] line) {
        return entry(line).isPresent();
    }

    static boolean isNumbered(byte[] line) {
        return entry(line).filter(entry -> entry.has(NUMBER)).isPresent();
    }

    /** What a line behind these has to carry. */
    static String linkTo(List<byte[]> lines) {
        for (int i = lines.size() - 1; i >= 0; i--) {
            if (isWhole(lines.get(i))) {
                return HistoryLines.hash(lines.subList(i, lines.size()));
            }
        }
        return lines.isEmpty() ? START : HistoryLines.hash(lines);
    }

    HistoryProof prove() {
        for (int i = 0; i < lines.size(); i++) {
            int line = i + 1;
            entry(lines.get(i)).ifPresentOrElse(entry -> whole(line, entry), () -> half(line));
        }
        if (head instanceof HistoryHead.Newest newest) {
            end(newest);
        } else {
            withoutHead((HistoryHead.Lost) head);
        }
        return new HistoryProof(lines.size(), breaks, notes);
    }

    private void whole(int line, ObjectNode entry) {
        int expected = numberBefore + 1;
        int number = entry.path(NUMBER).asInt(expected);
        boolean fits = entry.path(PREVIOUS).asText().equals(linkTo(lines.subList(0, line - 1)));
        if (number > expected) {
            broken(line, "it was written as line " + number + ": " + missing(expected, number - 1) + " before it");
        } else if (number < expected) {
            broken(line, "it was written as line " + number + ": lines were moved, repeated or put in between");
        } else if (!fits) {
            broken(
                    line,
                    line == 1
                            ? "it was not the first when it was written: lines before it are missing, or it was changed"
                            : "it does not fit line " + (line - 1)
                                    + ": one of the two was changed after it was written,"
                                    + " or lines were moved or removed between them");
        }
        if (entry.has(HEAD)) {
            broken(line, "history.head was " + entry.path(HEAD).asText() + " when it was written");
        }
        numberBefore = number;
    }

    private void half(int line) {
        numberBefore++;
        String what = "line " + line + " is not whole: a full disk or a crash cut it off; what it said is lost";
        if (line == lines.size()) {
            notes.add(what);
            return;
        }
        boolean chained = entry(lines.get(line))
                .map(next -> next.path(PREVIOUS).asText().equals(linkTo(lines.subList(0, line))))
                // Half lines in a row are judged by the whole one behind them.
                .orElse(true);
        if (chained) {
            notes.add(what + ". The line behind it was written when it already was so");
        } else {
            broken(
                    line,
                    "it is not whole, and was when the line behind it was written: it was changed or cut off since");
        }
    }

    private void end(HistoryHead.Newest newest) {
        if (newest.hash().equals(linkTo(lines))) {
            if (breaks.isEmpty() && newest.lines() != lines.size()) {
                broken(lines.size(), "history.head calls it line " + newest.lines());
            }
            return;
        }
        boolean oneBehind = !lines.isEmpty() && newest.hash().equals(linkTo(lines.subList(0, lines.size() - 1)));
        if (oneBehind) {
            notes.add(
                    "line " + lines.size() + " is one more than history.head knows: something broke off after the line"
                            + " and before the head, or is writing right now, or the line was added by hand");
        } else if (numberBefore < newest.lines()) {
            broken(lines.size() + 1, missing(numberBefore + 1, newest.lines()) + " at the end, by history.head");
        } else {
            broken(
                    Math.max(1, lines.size()),
                    "the end is not what history.head knows as line " + newest.lines()
                            + ": it was changed, or lines were put behind it");
        }
    }

    private void withoutHead(HistoryHead.Lost lost) {
        if (!lost.isSuspicious(lines)) {
            if (!lines.isEmpty()) {
                notes.add("there is no history.head yet, the next entry makes it: the lines are proved by their chain"
                        + " alone, which does not show if the newest were removed");
            }
            return;
        }
        broken(
                Math.max(1, lines.size()),
                "history.head is " + lost.how() + ": whether newer lines were removed behind this one cannot be told");
    }

    private void broken(int line, String problem) {
        breaks.add(new HistoryProof.Break(line, problem));
    }

    private static String missing(int from, int to) {
        return from == to ? "line " + from + " is missing" : "lines " + from + " to " + to + " are missing";
    }

    private static Optional<ObjectNode> entry(byte[] line) {
        return History.parsed(HistoryLines.text(line)).filter(entry -> entry.has(PREVIOUS));
    }
}
