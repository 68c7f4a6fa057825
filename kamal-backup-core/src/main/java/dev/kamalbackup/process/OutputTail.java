package dev.kamalbackup.process;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * The first and the last lines of what a program said, bounded whatever it says: the first lines usually name the
 * cause, the last ones the end. Safe for use by several threads.
 */
final class OutputTail {
    private static final int HEAD_LINES = 20;
    private static final int TAIL_LINES = 40;
    private static final int LONGEST_LINE = 2_000;

    private final List<String> head = new ArrayList<>();
    private final Deque<String> tail = new ArrayDeque<>();
    private long left;

    synchronized void add(String line) {
        String bounded = line.length() > LONGEST_LINE ? line.substring(0, LONGEST_LINE) + "…" : line;
        if (head.size() < HEAD_LINES) {
            head.add(bounded);
            return;
        }
        tail.addLast(bounded);
        if (tail.size() > TAIL_LINES) {
            tail.removeFirst();
            left++;
        }
    }

    synchronized String text() {
        List<String> lines = new ArrayList<>(head);
        if (left > 0) {
            lines.add("… " + left + " lines left out …");
        }
        lines.addAll(tail);
        return String.join("\n", lines).strip();
    }
}
