package dev.kamalbackup.drill;

import java.util.List;

/**
 * What was found in a restored database.
 *
 * @param database its name
 * @param tables how many tables it has
 * @param rows how many rows they have together
 * @param compared with what the rows were compared: {@code exact}, {@code approximate}, or {@code none} where no record of
 *     the backup was at hand
 * @param foreignKeys how many foreign keys were followed
 * @param flaws what is wrong
 * @param doubts why it cannot be said that it is good
 * @param notes what a person may want to know
 */
public record DatabaseFindings(
        String database,
        int tables,
        long rows,
        String compared,
        int foreignKeys,
        List<String> flaws,
        List<String> doubts,
        List<String> notes) {
    public DatabaseFindings {
        flaws = List.copyOf(flaws);
        doubts = List.copyOf(doubts);
        notes = List.copyOf(notes);
    }
}
