package dev.kamalbackup.run;

import dev.kamalbackup.config.BackupPath;
import dev.kamalbackup.config.DatabaseSettings;
import dev.kamalbackup.config.Settings;
import dev.kamalbackup.error.ConfigurationException;
import dev.kamalbackup.error.KamalBackupException;
import dev.kamalbackup.plan.Part;
import dev.kamalbackup.plan.RunPlan;
import dev.kamalbackup.process.Cancellation;
import dev.kamalbackup.process.ProcessLauncher;
import dev.kamalbackup.restic.ResticVersion;
import dev.kamalbackup.spi.Adapters;
import dev.kamalbackup.spi.DatabaseAdapter;
import dev.kamalbackup.tag.DumpPath;
import dev.kamalbackup.tag.Names;
import dev.kamalbackup.tag.RunId;
import dev.kamalbackup.tag.TagSet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Makes the plan of a whole run from the settings; changes nothing. */
public final class RunPlanner {
    private final Settings settings;
    private final Adapters adapters;
    private final Map<String, String> environment;
    private final ProcessLauncher launcher;

    public RunPlanner(Settings settings, Adapters adapters, Map<String, String> environment, ProcessLauncher launcher) {
        this.settings = settings;
        this.adapters = adapters;
        this.environment = environment;
        this.launcher = launcher;
    }

    /** The plan of a run with this id; a database that cannot be dumped as things stand is a part that says why. */
    public RunPlan plan(RunId id, RunContent content, ResticVersion restic, Path scratch, Cancellation cancellation) {
        int count = content.parts();
        List<Part> parts = new ArrayList<>();
        for (DatabaseSettings database : content.databases()) {
            parts.add(database(database, content, id, count, restic, scratch, cancellation));
        }
        if (!content.paths().isEmpty()) {
            parts.add(files(content, id, count));
        }
        return new RunPlan(id, settings.app(), Names.host(settings.app(), settings.accessory()), scratch, parts);
    }

    /** The private scratch folder of one database within the scratch folder of a run. */
    static Path scratchOf(Path scratch, String database) {
        return scratch.resolve(Names.sanitize(database));
    }

    private Part database(
            DatabaseSettings database,
            RunContent content,
            RunId id,
            int count,
            ResticVersion restic,
            Path scratch,
            Cancellation cancellation) {
        DatabaseAdapter adapter = adapter(database);
        String adapterId = adapter.description().id();
        String extension = adapter.description().dumpExtension();
        try {
            DumpPath path = restic.takesNestedStdinNames()
                    ? DumpPath.nested(settings.app(), database.name(), adapterId, extension)
                    : DumpPath.flat(settings.app(), database.name(), adapterId, id, extension);
            return new Part.DatabasePart(
                    database.name(),
                    adapterId,
                    content.marked(TagSet.ofDatabase(settings.app(), database.name(), adapterId, id, count)),
                    path,
                    adapter.planDump(
                            database,
                            new PlanningContext(
                                    environment, scratchOf(scratch, database.name()), launcher, cancellation)));
        } catch (dev.kamalbackup.error.CancelledException stop) {
            throw stop;
        } catch (KamalBackupException reason) {
            return new Part.BlockedPart(database.name(), adapterId, reason);
        }
    }

    private Part files(RunContent content, RunId id, int count) {
        List<Path> paths = content.paths().stream().map(BackupPath::path).toList();
        List<String> excludes = Stream.concat(
                        content.paths().stream().flatMap(path -> path.excludes().stream()),
                        settings.databases().stream()
                                .flatMap(database -> adapter(database).liveFiles(database).stream())
                                .filter(file -> paths.stream().anyMatch(path -> isBelow(file, path)))
                                .map(file -> escapeGlob(file.toString())))
                .distinct()
                .toList();
        return new Part.FilesPart(
                paths,
                excludes,
                content.marked(TagSet.ofFiles(
                        settings.app(),
                        paths.stream().map(Names::pathLabel).distinct().toList(),
                        id,
                        count)));
    }

    private DatabaseAdapter adapter(DatabaseSettings database) {
        return adapters.find(database.adapter())
                .orElseThrow(() -> ConfigurationException.of("databases", adapters.unknown(database.adapter())));
    }

    /** Restic records the paths it walks, so a folder that is reached through a link counts under both its names. */
    private static boolean isBelow(Path file, Path folder) {
        return file.startsWith(folder) || file.startsWith(real(folder));
    }

    private static Path real(Path path) {
        try {
            return Files.exists(path) ? path.toRealPath() : path;
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot resolve " + path, failed);
        }
    }

    /** Restic's excludes are globs ({@code * ? [} and the backslash are special). */
    public static String escapeGlob(String path) {
        return path.replaceAll("([\\\\*?\\[])", "\\\\$1");
    }
}
