package dev.kamalbackup.restore;

import dev.kamalbackup.catalog.RecordedRun;
import dev.kamalbackup.restic.Snapshot;
import dev.kamalbackup.spi.RestoreOptions;
import java.nio.file.Path;
import java.util.List;

/**
 * A restore as data: what is printed before anything happens, and then carried out.
 *
 * @param run the run to bring back
 * @param databases which dump goes into which database
 * @param files which folder of the files snapshot goes where; empty when the run or the configuration has no files
 * @param missing what was wanted and is not in the run, which is incomplete: left alone
 * @param inPlace whether files are changed where they are, in the place of a second copy that is swapped in
 * @param options what is asked for besides
 */
public record RestoreTask(
        RecordedRun run,
        List<DatabaseTarget> databases,
        List<FilesTarget> files,
        List<String> missing,
        boolean inPlace,
        RestoreOptions options) {
    public RestoreTask {
        databases = List.copyOf(databases);
        files = List.copyOf(files);
        missing = List.copyOf(missing);
    }

    /**
     * One dump and the database it goes into.
     *
     * @param database the database's configured name
     * @param snapshot the snapshot that holds the dump
     * @param location the target, without secrets
     */
    public record DatabaseTarget(String database, String adapter, Snapshot snapshot, String location) {}

    /**
     * One path of the files snapshot and where it goes.
     *
     * @param source the absolute path in the snapshot
     * @param target the absolute path on this machine; what is there is replaced
     */
    public record FilesTarget(Snapshot snapshot, Path source, Path target) {}
}
