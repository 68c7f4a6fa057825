package dev.kamalbackup.cli;

import dev.kamalbackup.restore.RestoreRequest;
import dev.kamalbackup.spi.RestoreOptions;
import picocli.CommandLine.Option;

/** How a restore goes about it: the same for every target. */
final class RestoreManner {
    @Option(names = "--dry-run", description = "Show what would be done, and do nothing.")
    private boolean dryRun;

    @Option(
            names = "--in-place",
            description = "Let restic change only what differs in the live files: no second copy of them is made, and"
                    + " a failure half-way leaves them half-way.")
    private boolean inPlace;

    @Option(
            names = "--no-safety-backup",
            description = "Do not back up first what is replaced: there is no way back then.")
    private boolean noSafetyBackup;

    @Option(
            names = "--terminate-connections",
            description = "End other sessions that use the databases to restore into (PostgreSQL).")
    private boolean terminateConnections;

    boolean dryRun() {
        return dryRun;
    }

    /** The request, in this manner. */
    RestoreRequest of(RestoreRequest request) {
        return new RestoreRequest(
                request.scope(),
                request.run(),
                request.parts(),
                request.incomplete(),
                inPlace,
                !noSafetyBackup,
                new RestoreOptions(terminateConnections));
    }
}
