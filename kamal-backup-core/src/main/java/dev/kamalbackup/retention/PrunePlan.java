package dev.kamalbackup.retention;

import java.util.List;

/**
 * What retention would remove.
 *
 * @param app the app
 * @param allowed whether retention may remove anything at all: {@code restic.forget_after_backup}
 * @param verdicts what becomes of each run, newest first
 * @param snapshots the full ids of the snapshots of the runs that go
 */
public record PrunePlan(String app, boolean allowed, List<Verdict> verdicts, List<String> snapshots) {
    public PrunePlan {
        verdicts = List.copyOf(verdicts);
        snapshots = List.copyOf(snapshots);
    }

    /** The runs that stay. */
    public List<Verdict> kept() {
        return verdicts.stream().filter(Verdict::stays).toList();
    }

    /** The runs that go. */
    public List<Verdict> removed() {
        return verdicts.stream().filter(verdict -> !verdict.stays()).toList();
    }
}
