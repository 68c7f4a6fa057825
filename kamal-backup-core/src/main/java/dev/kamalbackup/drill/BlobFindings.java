package dev.kamalbackup.drill;

import java.util.List;

/**
 * What was found of the blobs of Rails' Active Storage among the restored files.
 *
 * @param database the database that lists them
 * @param listed how many it lists
 * @param found how many are there, with the right size
 * @param hashed of how many the content was compared with the checksum
 * @param flaws what is wrong
 * @param doubts why it cannot be said that they are good
 * @param notes what a person may want to know
 */
public record BlobFindings(
        String database,
        long listed,
        long found,
        long hashed,
        List<String> flaws,
        List<String> doubts,
        List<String> notes) {
    public BlobFindings {
        flaws = List.copyOf(flaws);
        doubts = List.copyOf(doubts);
        notes = List.copyOf(notes);
    }
}
