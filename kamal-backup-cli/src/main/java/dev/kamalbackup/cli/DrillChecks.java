package dev.kamalbackup.cli;

import dev.kamalbackup.drill.DrillRequest;
import dev.kamalbackup.drill.ScratchPlaces;
import dev.kamalbackup.restore.RestoreRequest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a drill looks at: the same wherever it is held. */
final class DrillChecks {
    @Option(
            names = "--check",
            paramLabel = "COMMAND",
            description = "A shell command that must succeed on the restored data. It finds them by DATABASE_URL,"
                    + " NAME_DATABASE_URL for the database NAME, and KAMAL_BACKUP_DRILL_FILES.")
    private @Nullable String check;

    @Option(
            names = "--all-blobs",
            description = "Compare the content of every file of Active Storage with its checksum, not of a sample.")
    private boolean allBlobs;

    @Option(names = "--dry-run", description = "Show what would be done, and do nothing.")
    private boolean dryRun;

    boolean dryRun() {
        return dryRun;
    }

    DrillRequest request(RestoreRequest restore, ScratchPlaces places, boolean keep) {
        return new DrillRequest(
                restore,
                places,
                Optional.ofNullable(check).filter(text -> !text.isBlank()),
                allBlobs,
                keep,
                Optional.empty());
    }
}
