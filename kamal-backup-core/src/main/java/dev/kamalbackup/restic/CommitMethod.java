package dev.kamalbackup.restic;

import java.nio.file.Files;
import java.nio.file.Path;

/** How restic is kept from saving a dump that was cut short: to restic, a closed pipe is a clean end of file. */
public enum CommitMethod {
    /**
     * Restic reads a child that copies our bytes and succeeds only if a marker file exists at the end; holds even when
     * this process is killed. Needs Linux's {@code /proc}.
     */
    MARKER,
    /** Restic reads our bytes itself and is ended by force, before its input is closed, when the dump is not whole. */
    FORCED_END;

    /** The strongest that this machine offers. */
    public static CommitMethod strongest() {
        return Files.isDirectory(Path.of("/proc/self/fd")) && Files.isExecutable(Path.of("/bin/sh"))
                ? MARKER
                : FORCED_END;
    }
}
