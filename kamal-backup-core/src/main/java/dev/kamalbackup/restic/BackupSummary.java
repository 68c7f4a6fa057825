package dev.kamalbackup.restic;

import java.util.List;

/**
 * What restic itself says of the snapshot it made.
 *
 * @param snapshot the snapshot's full id, from restic's own summary
 * @param bytes the bytes of content it processed
 * @param unreadable what could not be read, with restic's reason; the snapshot lacks it
 */
public record BackupSummary(String snapshot, long bytes, List<String> unreadable) {
    public BackupSummary {
        unreadable = List.copyOf(unreadable);
    }
}
