package dev.kamalbackup.plan;

import dev.kamalbackup.tag.RunId;
import java.nio.file.Path;
import java.util.List;

/**
 * A whole backup run as data: what {@code backup --dry-run} prints and one executor carries out.
 *
 * @param id the run's id
 * @param app the app
 * @param host the host name of all its snapshots
 * @param scratch the folder of this run's temporary files
 * @param parts what becomes one snapshot each, in order: databases first, so that a blob row in a dump has its file in
 *     the files snapshot
 */
public record RunPlan(RunId id, String app, String host, Path scratch, List<Part> parts) {
    public RunPlan {
        parts = List.copyOf(parts);
    }
}
