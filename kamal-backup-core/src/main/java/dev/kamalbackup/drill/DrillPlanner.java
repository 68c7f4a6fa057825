package dev.kamalbackup.drill;

import dev.kamalbackup.catalog.RunCatalog;
import dev.kamalbackup.config.DatabaseSettings;
import dev.kamalbackup.plan.ScratchPlan;
import dev.kamalbackup.process.Cancellation;
import dev.kamalbackup.restore.Equipment;
import dev.kamalbackup.restore.RestoreOperation;
import dev.kamalbackup.restore.RestoreScope;
import dev.kamalbackup.restore.RestoreSurveyor;
import dev.kamalbackup.restore.RestoreTask;
import dev.kamalbackup.spi.DatabaseAdapter;
import dev.kamalbackup.tag.Names;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Decides what a drill restores where; changes nothing. */
final class DrillPlanner {
    private final Equipment equipment;

    DrillPlanner(Equipment equipment) {
        this.equipment = equipment;
    }

    DrillTask plan(Supplier<RunCatalog> catalog, DrillRequest request, Cancellation cancellation) {
        RestoreOperation restores = new RestoreOperation(equipment);
        if (request.restore().scope() == RestoreScope.LOCAL) {
            RestoreTask task = restores.plan(catalog, request.restore(), cancellation);
            return new DrillTask(request, task, equipment.settings().databases(), Map.of());
        }
        // Nothing of production is replaced, so nothing has to be kept.
        RestoreTask live = restores.choose(catalog, request.restore().withoutSafetyBackup());
        Map<String, ScratchPlan> scratch = new LinkedHashMap<>();
        List<RestoreTask.DatabaseTarget> databases = new ArrayList<>();
        for (RestoreTask.DatabaseTarget target : live.databases()) {
            ScratchPlan plan = scratch(target, request, cancellation);
            scratch.put(target.database(), plan);
            databases.add(new RestoreTask.DatabaseTarget(
                    target.database(),
                    target.adapter(),
                    target.snapshot(),
                    equipment.adapter(plan.database()).location(plan.database())));
        }
        return task(request, live, databases, scratch, cancellation);
    }

    private DrillTask task(
            DrillRequest request,
            RestoreTask live,
            List<RestoreTask.DatabaseTarget> databases,
            Map<String, ScratchPlan> scratch,
            Cancellation cancellation) {
        List<RestoreTask.FilesTarget> files = new ArrayList<>();
        if (!live.files().isEmpty()) {
            ScratchFolder folder = ScratchFolder.of(request.places().files(), equipment.settings());
            live.files()
                    .forEach(target -> files.add(new RestoreTask.FilesTarget(
                            target.snapshot(), target.source(), folder.placeOf(target.source()))));
        }
        List<DatabaseSettings> targets =
                scratch.values().stream().map(ScratchPlan::database).toList();
        RestoreTask task = live.into(databases, files);
        // The scratch databases may not be there yet, so they cannot be asked.
        RestoreTask surveyed = task.with(new RestoreSurveyor(equipment).survey(task, List.of(), cancellation));
        return new DrillTask(request, surveyed, targets, scratch);
    }

    private ScratchPlan scratch(RestoreTask.DatabaseTarget target, DrillRequest request, Cancellation cancellation) {
        List<DatabaseSettings> all = equipment.settings().databases();
        DatabaseSettings live = all.stream()
                .filter(database -> database.name().equals(target.database()))
                .findFirst()
                .orElseThrow();
        DatabaseAdapter adapter = equipment.adapter(live);
        List<DatabaseSettings> sameKind = all.stream()
                .filter(database -> equipment.adapter(database).equals(adapter))
                .toList();
        boolean isFile = !adapter.liveFiles(live).isEmpty();
        String place = isFile
                ? request.places().file(live, all).toString()
                : request.places().name(live, all);
        if (isFile) {
            ScratchFolder.requireOutside(Path.of(place), equipment.settings());
        }
        Path scratch = equipment.state().scratch().resolve(Names.sanitize(live.name()));
        return adapter.planScratch(live, sameKind, place, equipment.context(scratch, cancellation));
    }
}
