package dev.kamalbackup.restore;

import dev.kamalbackup.catalog.RecordedRun;
import dev.kamalbackup.config.BackupPath;
import dev.kamalbackup.config.DatabaseSettings;
import dev.kamalbackup.restic.Snapshot;
import java.nio.file.Path;
import java.util.List;

/**
 * A restore as data: what is printed before anything happens, and then carried out.
 *
 * @param request what was asked for
 * @param run the run to bring back
 * @param databases which dump goes into which database
 * @param files which folder of the files snapshot goes where; empty when the run or the configuration has no files
 * @param missing what was wanted and is not in the run, which is incomplete: left alone
 * @param safety what is backed up first, since it is replaced
 * @param survey what was looked at
 */
public record RestoreTask(
        RestoreRequest request,
        RecordedRun run,
        List<DatabaseTarget> databases,
        List<FilesTarget> files,
        List<String> missing,
        Replaced safety,
        RestoreSurvey survey) {
    public RestoreTask {
        databases = List.copyOf(databases);
        files = List.copyOf(files);
        missing = List.copyOf(missing);
    }

    /** A task nobody has looked around for yet. */
    RestoreTask(
            RestoreRequest request,
            RecordedRun run,
            List<DatabaseTarget> databases,
            List<FilesTarget> files,
            List<String> missing) {
        this(request, run, databases, files, missing, Replaced.nothing(), RestoreSurvey.none());
    }

    /** Whether files are changed where they are, in the place of a second copy that is swapped in. */
    public boolean inPlace() {
        return request.inPlace();
    }

    /** This task, into other targets, of which nothing is backed up first. */
    public RestoreTask into(List<DatabaseTarget> otherDatabases, List<FilesTarget> otherFiles) {
        return new RestoreTask(request, run, otherDatabases, otherFiles, missing);
    }

    /** This task, with what is backed up first. */
    RestoreTask with(Replaced backedUpFirst) {
        return new RestoreTask(request, run, databases, files, missing, backedUpFirst, survey);
    }

    /** This task, with what was looked at. */
    public RestoreTask with(RestoreSurvey looked) {
        return new RestoreTask(request, run, databases, files, missing, safety, looked);
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

    /**
     * What a restore replaces and a safety backup keeps.
     *
     * @param databases the databases that hold something
     * @param paths the files and folders that hold something
     */
    public record Replaced(List<DatabaseSettings> databases, List<BackupPath> paths) {
        public Replaced {
            databases = List.copyOf(databases);
            paths = List.copyOf(paths);
        }

        /** Nothing at all. */
        public static Replaced nothing() {
            return new Replaced(List.of(), List.of());
        }

        /** Whether there is nothing to keep. */
        public boolean isEmpty() {
            return databases.isEmpty() && paths.isEmpty();
        }
    }
}
