package dev.kamalbackup.plan;

import dev.kamalbackup.config.DatabaseSettings;
import java.nio.file.Path;
import java.util.List;

/**
 * A scratch database to restore into and to throw away.
 *
 * @param database settings that lead to it
 * @param create steps that make it; none if it is there already, or a restore makes it
 * @param drop steps that remove what is in it, and itself if {@code create} made it; run when all is over
 * @param files the files it is made of, removed before and after; none if it lives on a server
 */
public record ScratchPlan(
        DatabaseSettings database, List<CommandStep> create, List<CommandStep> drop, List<Path> files) {
    public ScratchPlan {
        create = List.copyOf(create);
        drop = List.copyOf(drop);
        files = List.copyOf(files);
    }
}
