package dev.kamalbackup.restore;

import java.nio.file.Path;
import java.util.List;

/**
 * What a restore of files leaves alone because the snapshot never held it: excluded files, and the live files of
 * databases that lie among them.
 *
 * @param source the folder in the snapshot
 * @param target the folder it goes to
 * @param excludes the patterns the snapshot was made with
 * @param liveFiles absolute paths of live database files
 */
record KeptContent(Path source, Path target, List<ExcludePattern> excludes, List<Path> liveFiles) {
    /** Whether what lies at this place below the target stays. */
    boolean stays(Path relative) {
        Path original = source.resolve(relative);
        return liveFiles.contains(target.resolve(relative))
                || excludes.stream().anyMatch(pattern -> pattern.matches(original));
    }
}
