package dev.kamalbackup.testing;

import dev.kamalbackup.tag.RunId;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

/** Fills a repository with runs of three snapshots each, an hour apart: what {@code bin/bench --only snapshots} lists. */
final class ManySnapshots {
    private static final int PARTS = 3;

    private ManySnapshots() {}

    /** Arguments: the restic program, the repository's folder, which must be new, and how many snapshots. */
    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[1]);
        TestRepository repository = TestRepository.create(folder, Path.of(arguments[0]));
        SnapshotWriter writer = new SnapshotWriter(folder, repository);
        int runs = Integer.parseInt(arguments[2]) / PARTS;
        Instant first = Instant.now().minusSeconds(3_600L * runs);
        for (int i = 0; i < runs; i++) {
            Instant time = first.plusSeconds(3_600L * i);
            String run = "run:" + new RunId(time);
            for (String part : List.of("database:app", "database:queue", "files")) {
                List<String> tags = part.equals("files")
                        ? List.of("kamal-backup", "app:bench", "type:files", run, "parts:" + PARTS)
                        : List.of("kamal-backup", "app:bench", "type:database", part, "adapter:sqlite", run, "parts:3");
                writer.write(time.atOffset(ZoneOffset.UTC), "bench-backup", tags);
            }
        }
    }
}
