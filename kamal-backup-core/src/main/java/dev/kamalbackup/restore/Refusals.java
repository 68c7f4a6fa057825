package dev.kamalbackup.restore;

import dev.kamalbackup.error.Fault;
import java.nio.file.Path;

/** What a restore of files says when it does not begin. */
final class Refusals {
    private Refusals() {}

    static Fault inTheWay(Path folder) {
        return new Fault(
                "restore files",
                folder.toString(),
                "it holds what is excluded or the live files of a database, which stay, and is no folder in the"
                        + " snapshot; nothing was changed",
                "move it elsewhere first");
    }
}
