package dev.kamalbackup.restore;

import dev.kamalbackup.config.DatabaseSettings;
import dev.kamalbackup.error.Fault;
import dev.kamalbackup.error.RestoreException;
import dev.kamalbackup.plan.CommandStep;
import dev.kamalbackup.plan.LoadStep;
import dev.kamalbackup.plan.RestorePlan;
import dev.kamalbackup.process.Cancellation;
import dev.kamalbackup.process.ChildEnvironment;
import dev.kamalbackup.process.Command;
import dev.kamalbackup.process.CommandOutput;
import dev.kamalbackup.restic.Snapshot;
import dev.kamalbackup.tag.Names;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Looks around before a restore: whether the targets can be reached, with which programs, and whether there is room. What
 * would fail for certain fails here, before anybody is asked.
 */
public final class RestoreSurveyor {
    private static final Duration VERSION_TIMEOUT = Duration.ofSeconds(30);

    private final Equipment equipment;

    public RestoreSurveyor(Equipment equipment) {
        this.equipment = equipment;
    }

    /**
     * Looks around.
     *
     * @param existing the databases to restore into that are there already, by the names that the task has
     * @throws RestoreException if one of them cannot be restored into, or there is too little room
     */
    public RestoreSurvey survey(RestoreTask task, List<DatabaseSettings> existing, Cancellation cancellation) {
        Map<RestoreTask.DatabaseTarget, RestorePlan> plans = new LinkedHashMap<>();
        for (RestoreTask.DatabaseTarget target : task.databases()) {
            existing.stream()
                    .filter(known -> known.name().equals(target.database()))
                    .findFirst()
                    .ifPresent(database -> plans.put(target, plan(database, task, cancellation)));
        }
        Room forDumps = dumps(task, plans);
        if (!forDumps.isEnough()) {
            throw new RestoreException(new Fault(
                    "restore run " + task.run().id(),
                    forDumps.folder().toString(),
                    "the dumps need " + forDumps.needed() + " bytes there, and " + forDumps.free()
                            + " are free; nothing was changed",
                    "make room there, or name another folder in state.path"));
        }
        List<Room> room = new ArrayList<>();
        if (forDumps.needed() > 0) {
            room.add(forDumps);
        }
        // One snapshot holds all paths, and does not say how much is below each: that is looked at when it is fetched.
        if (!task.inPlace() && !task.files().isEmpty()) {
            RestoreTask.FilesTarget first = task.files().get(0);
            room.add(at(first.target(), first.snapshot().bytes().orElse(0)));
        }
        OptionalLong bytes = total(snapshots(task).toList());
        return new RestoreSurvey(
                bytes,
                room,
                tools(plans.values(), cancellation),
                bytes.isPresent()
                        ? new PastRestores(equipment.state()).estimate(bytes.getAsLong())
                        : java.util.Optional.empty());
    }

    private RestorePlan plan(DatabaseSettings database, RestoreTask task, Cancellation cancellation) {
        Path scratch = equipment.state().scratch().resolve(Names.sanitize(database.name()));
        return equipment
                .adapter(database)
                .planRestore(database, task.request().options(), equipment.context(scratch, cancellation));
    }

    private static Stream<Snapshot> snapshots(RestoreTask task) {
        return Stream.concat(
                task.databases().stream().map(RestoreTask.DatabaseTarget::snapshot),
                task.files().stream().map(RestoreTask.FilesTarget::snapshot).distinct());
    }

    /** They go through the state folder, save the one that is loaded as it comes in. */
    private Room dumps(RestoreTask task, Map<RestoreTask.DatabaseTarget, RestorePlan> plans) {
        List<RestoreTask.DatabaseTarget> databases = task.databases();
        long needed = 0;
        for (int i = 0; i < databases.size(); i++) {
            boolean streamed = i == databases.size() - 1 && transactional(plans, databases.get(i));
            needed += streamed ? 0 : databases.get(i).snapshot().bytes().orElse(0);
        }
        return at(equipment.state().path(), needed);
    }

    private static boolean transactional(
            Map<RestoreTask.DatabaseTarget, RestorePlan> plans, RestoreTask.DatabaseTarget target) {
        RestorePlan plan = plans.get(target);
        return plan != null && plan.transactional();
    }

    private static Room at(Path folder, long needed) {
        try {
            return Room.at(folder, needed);
        } catch (IOException unknown) {
            throw new RestoreException(
                    new Fault(
                            "see how much room there is",
                            folder.toString(),
                            String.valueOf(unknown.getMessage()),
                            "see whether its volume is mounted"),
                    unknown);
        }
    }

    private static OptionalLong total(List<Snapshot> snapshots) {
        return snapshots.stream().allMatch(snapshot -> snapshot.bytes().isPresent())
                ? OptionalLong.of(snapshots.stream()
                        .mapToLong(snapshot -> snapshot.bytes().getAsLong())
                        .sum())
                : OptionalLong.empty();
    }

    private List<String> tools(Iterable<RestorePlan> plans, Cancellation cancellation) {
        Set<String> programs = new LinkedHashSet<>();
        plans.forEach(plan -> commands(plan).map(Command::program).forEach(programs::add));
        List<String> tools = new ArrayList<>();
        tools.add("restic " + equipment.restic().version(cancellation));
        programs.stream().map(program -> version(program, cancellation)).forEach(tools::add);
        return tools;
    }

    private static Stream<Command> commands(RestorePlan plan) {
        return plan.load().stream()
                .flatMap(step -> step instanceof LoadStep.Chain chain
                        ? chain.programs().stream()
                        : Stream.of(((LoadStep.Run) step).step()).map(CommandStep::command));
    }

    private String version(String program, Cancellation cancellation) {
        CommandOutput output = equipment
                .launcher()
                .run(
                        new Command(program, List.of("--version"), ChildEnvironment.basics(equipment.environment())),
                        VERSION_TIMEOUT,
                        cancellation);
        return program + ": " + output.stdout().lines().findFirst().orElse("?").strip();
    }
}
