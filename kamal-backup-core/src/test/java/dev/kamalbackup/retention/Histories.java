package dev.kamalbackup.retention;

import dev.kamalbackup.catalog.RecordedRun;
import dev.kamalbackup.catalog.RecordedRun.Completeness;
import dev.kamalbackup.restic.Snapshot;
import dev.kamalbackup.tag.RunId;
import dev.kamalbackup.tag.TagSet;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;

/** Runs as a catalog would give them. */
final class Histories {
    private Histories() {}

    static RecordedRun complete(String time) {
        return run(Instant.parse(time), Completeness.COMPLETE);
    }

    static RecordedRun run(Instant time, Completeness completeness) {
        return new RecordedRun(new RunId(time), List.of(), completeness);
    }

    static RecordedRun safety(Instant time) {
        RunId id = new RunId(time);
        TagSet tags = TagSet.ofDatabase("shop", "app", "sqlite", id, 1)
                .asSafetyBackup(new RunId(time.minusSeconds(86_400)), "production");
        Snapshot snapshot =
                new Snapshot("ab".repeat(32), time, "shop-backup", tags, List.of(), List.of(), OptionalLong.empty());
        return new RecordedRun(id, List.of(snapshot), Completeness.COMPLETE);
    }
}
