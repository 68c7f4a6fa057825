package dev.kamalbackup.plan;

import dev.kamalbackup.process.Command;
import java.util.List;

/**
 * How the rows of a database are counted while it is dumped. What counts writes a line for each table: the number of its
 * rows, a blank, and the table's name as hexadecimal UTF-8, so that no name can be taken for anything else. A count that
 * fails is told and does not fail the dump.
 */
public sealed interface RowCount {
    /** Nothing is counted. */
    record None() implements RowCount {}

    /**
     * Counted by programs beside the dump.
     *
     * @param commands the programs, one after another
     * @param exact whether they see what the dump sees
     */
    record Beside(List<Command> commands, boolean exact) implements RowCount {
        public Beside {
            commands = List.copyOf(commands);
        }
    }

    /**
     * Counted in a session that opens the view which the dump is made of. The session reads statements from its standard
     * input: first {@code open}, which it answers with one line, the name of the view; the dumper gets that name behind
     * {@code argument} as one more argument; then, when the dumper has written its first byte and so has the view,
     * {@code count}. The session ends with its input. There must be a single dumper.
     */
    record InView(Command session, String open, String argument, String count) implements RowCount {}
}
