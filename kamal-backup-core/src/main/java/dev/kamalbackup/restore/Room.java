package dev.kamalbackup.restore;

import java.nio.file.Path;

/**
 * How much room a restore needs in a file system.
 *
 * @param folder a folder in it
 * @param needed bytes that are written there, at most
 * @param free bytes that are free there for this user
 */
public record Room(Path folder, long needed, long free) {
    /** Whether it is enough. */
    public boolean suffices() {
        return needed <= free;
    }
}
