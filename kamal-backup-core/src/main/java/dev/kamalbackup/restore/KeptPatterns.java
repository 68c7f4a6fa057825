package dev.kamalbackup.restore;

import dev.kamalbackup.run.RunPlanner;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a safety backup of files leaves out, as patterns of restic's: what the restore leaves alone, or less, and never
 * anything that it replaces. That is for the excludes of the restored snapshot to say, whatever is configured by now.
 */
record KeptPatterns(List<RestoreTask.FilesTarget> files) {
    KeptPatterns {
        files = List.copyOf(files);
    }

    /** The patterns for one of these targets; restic applies those of all to each. */
    List<String> of(RestoreTask.FilesTarget target) {
        List<String> excludes = target.snapshot().excludes();
        if (files.stream().allMatch(each -> each.source().equals(each.target()))) {
            return excludes;
        }
        // What is taken back below one name need not be below another, so everything is kept then.
        return excludes.stream().anyMatch(pattern -> pattern.startsWith("!"))
                ? List.of()
                : excludes.stream()
                        .flatMap(pattern -> elsewhere(pattern, target.source(), target.target()))
                        .toList();
    }

    /** The pattern at the target; none if it cannot be said what it means there. */
    private static Stream<String> elsewhere(String pattern, Path source, Path target) {
        String there = RunPlanner.escapeGlob(target.toString());
        if (!pattern.startsWith("/")) {
            return pattern.isEmpty() ? Stream.empty() : Stream.of(there + "/**/" + pattern);
        }
        String here = RunPlanner.escapeGlob(source.toString()) + "/";
        return pattern.startsWith(here) ? Stream.of(there + "/" + pattern.substring(here.length())) : Stream.empty();
    }
}
