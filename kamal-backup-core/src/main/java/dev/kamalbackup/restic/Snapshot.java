package dev.kamalbackup.restic;

import dev.kamalbackup.tag.TagSet;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;

/**
 * A snapshot as {@code restic snapshots --json} lists it.
 *
 * @param id its full id
 * @param time when it was made
 * @param host its host name
 * @param tags its tags
 * @param paths the absolute paths in it
 * @param excludes the exclude patterns it was made with
 * @param bytes the bytes of content processed; empty for snapshots of restic before 0.17
 * @param added the bytes the repository grew by; empty for snapshots of restic before 0.17
 */
public record Snapshot(
        String id,
        Instant time,
        String host,
        TagSet tags,
        List<String> paths,
        List<String> excludes,
        OptionalLong bytes,
        OptionalLong added) {
    public Snapshot {
        paths = List.copyOf(paths);
        excludes = List.copyOf(excludes);
    }

    /** One of which nobody knows what it added. */
    public Snapshot(
            String id,
            Instant time,
            String host,
            TagSet tags,
            List<String> paths,
            List<String> excludes,
            OptionalLong bytes) {
        this(id, time, host, tags, paths, excludes, bytes, OptionalLong.empty());
    }

    /** The first eight characters of the id, as restic shows it. */
    public String shortId() {
        return id.substring(0, Math.min(8, id.length()));
    }
}
