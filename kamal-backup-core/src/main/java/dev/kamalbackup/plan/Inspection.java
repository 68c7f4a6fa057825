package dev.kamalbackup.plan;

import dev.kamalbackup.process.Command;
import java.util.List;

/**
 * Questions to a restored database; asking changes nothing. Each command is a program whose standard output is read line
 * by line. Names and texts are written as hexadecimal UTF-8. The scratch folder of the planning must be there when they run.
 *
 * @param location which database, without secrets, for people
 * @param rows one line for each table: the number of its rows, a blank, its name; exactly as {@link RowCount} has it
 * @param foreignKeys one line for each foreign key: the number of rows that point nowhere, a blank, a name for it, as in
 *     {@code orders.user_id}
 * @param blobs one line for each blob of Rails' Active Storage: size in bytes, key, base64 checksum (or {@code -}), name of
 *     its service (or {@code -}), separated by blanks, the three last ones in hexadecimal; then {@code 0} if others are
 *     attached to something and this one is to nothing, and otherwise {@code 1} or no more; no commands if there is no
 *     table {@code active_storage_blobs}
 */
public record Inspection(String location, List<Command> rows, List<Command> foreignKeys, List<Command> blobs) {
    public Inspection {
        rows = List.copyOf(rows);
        foreignKeys = List.copyOf(foreignKeys);
        blobs = List.copyOf(blobs);
    }
}
