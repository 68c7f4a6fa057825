package dev.kamalbackup.drill;

import dev.kamalbackup.config.DatabaseSettings;
import dev.kamalbackup.plan.Inspection;
import dev.kamalbackup.process.Cancellation;
import dev.kamalbackup.restore.Equipment;
import dev.kamalbackup.restore.RestoreTask;
import dev.kamalbackup.run.ScratchFolders;
import dev.kamalbackup.tag.Names;
import java.nio.file.Path;
import java.util.List;

/** The built-in checks: looks at every restored database, and for the blobs it lists at the restored files. */
final class Verification {
    private final Equipment equipment;
    private final DrillTask task;
    private final Path scratch;
    private final Cancellation cancellation;

    Verification(Equipment equipment, DrillTask task, Path scratch, Cancellation cancellation) {
        this.equipment = equipment;
        this.task = task;
        this.scratch = scratch;
        this.cancellation = cancellation;
    }

    void into(List<DatabaseFindings> databases, List<BlobFindings> blobs) {
        Inspector inspector = new Inspector(equipment.launcher());
        RecordedRows recorded = new RecordedRows(equipment.state().history());
        List<Path> folders = task.restore().files().stream()
                .map(RestoreTask.FilesTarget::target)
                .toList();
        for (RestoreTask.DatabaseTarget target : task.restore().databases()) {
            Inspection inspection = inspection(target);
            equipment.listener().started("verify database " + target.database());
            DatabaseFindings found = new DatabaseVerification(inspector)
                    .verify(
                            target.database(),
                            inspection,
                            recorded.of(task.restore().run().id(), target.database()),
                            cancellation);
            databases.add(found);
            if (!inspection.blobs().isEmpty() && !folders.isEmpty()) {
                BlobFindings compared = new BlobVerification(
                                inspector, folders, task.request().everyBlob())
                        .verify(target.database(), inspection, blobsOf(inspection, inspector), cancellation);
                if (compared.listed() > 0) {
                    blobs.add(compared);
                }
            }
            equipment
                    .listener()
                    .finished(
                            "verify database " + target.database(),
                            found.rows() + " rows in " + found.tables() + " tables");
        }
    }

    private long blobsOf(Inspection inspection, Inspector inspector) {
        long[] count = new long[1];
        inspector.blobs(inspection, blob -> count[0]++, cancellation);
        return count[0];
    }

    private Inspection inspection(RestoreTask.DatabaseTarget target) {
        DatabaseSettings configured = task.databases().stream()
                .filter(known -> known.name().equals(target.database()))
                .findFirst()
                .orElseThrow();
        // The rows of a safety backup were all counted, so they are all looked for.
        DatabaseSettings database = task.restore().run().safetyOf().isPresent()
                ? equipment.adapter(configured).whole(configured)
                : configured;
        Path folder = ScratchFolders.createPrivate(scratch.resolve(Names.sanitize(target.database())));
        return equipment.adapter(database).planInspection(database, equipment.context(folder, cancellation));
    }
}
