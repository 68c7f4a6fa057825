package dev.kamalbackup.sqlite;

import dev.kamalbackup.config.DatabaseSettings;
import dev.kamalbackup.error.Fault;
import dev.kamalbackup.error.Problem;
import dev.kamalbackup.error.RestoreException;
import dev.kamalbackup.plan.ScratchPlan;
import dev.kamalbackup.spi.ProductionName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Plans a scratch database in a file of its own. What is there is removed before and after, so it must be nobody else's.
 *
 * @param live the database whose dump it is for
 * @param all every configured database
 * @param place the file's path
 */
record SqliteScratch(DatabaseSettings live, List<DatabaseSettings> all, String place) {
    private static final String ELSEWHERE = "give the path of another file; it is made if it is not there";

    ScratchPlan plan() {
        Map<String, String> options = new TreeMap<>(live.options());
        options.remove(DatabaseFile.DATABASE);
        options.put(DatabaseFile.PATH, place);
        DatabaseSettings scratch = new DatabaseSettings(live.name(), live.adapter(), options, live.secrets());
        List<Problem> problems = DatabaseFile.check(scratch);
        if (!problems.isEmpty()) {
            throw refused("the path " + problems.get(0).message(), ELSEWHERE);
        }
        try {
            Path file = DatabaseFile.resolve(DatabaseFile.configured(scratch));
            requireHarmlessName(file);
            List<DatabaseSettings> databases = new ArrayList<>(all);
            databases.add(live);
            for (DatabaseSettings each : databases) {
                requireOther(file, each);
            }
            requireDatabaseOrNothing(file);
            return new ScratchPlan(
                    scratch,
                    List.of(),
                    List.of(),
                    DatabaseFile.withSideFiles(file).toList());
        } catch (IOException unreachable) {
            throw new RestoreException(
                    fault(DatabaseFile.reason(unreachable), "see that this user may read and write there"),
                    unreachable);
        }
    }

    private void requireHarmlessName(Path file) {
        if (ProductionName.matches(place) || ProductionName.matches(file.toString())) {
            throw refused("the path looks like production", "give the path of another file, as in /tmp/drill.sqlite3");
        }
    }

    /** By where it is, and by what it is: one file can have several names. */
    private void requireOther(Path file, DatabaseSettings settings) throws IOException {
        if (!DatabaseFile.check(settings).isEmpty()) {
            return;
        }
        Path configured = DatabaseFile.configured(settings);
        Set<Path> taken = new LinkedHashSet<>();
        DatabaseFile.withSideFiles(configured).forEach(taken::add);
        DatabaseFile.withSideFiles(DatabaseFile.resolve(configured)).forEach(taken::add);
        for (Path own : DatabaseFile.withSideFiles(file).toList()) {
            for (Path other : taken) {
                if (own.equals(other) || (Files.exists(own) && Files.exists(other) && Files.isSameFile(own, other))) {
                    throw refused(
                            "that is where the configured database " + settings.name()
                                    + " is, and a drill would replace it",
                            ELSEWHERE);
                }
            }
        }
    }

    private void requireDatabaseOrNothing(Path file) throws IOException {
        if (Files.isDirectory(file)) {
            throw refused("it is a folder", ELSEWHERE);
        }
        boolean harmless = !Files.exists(file)
                || (Files.isRegularFile(file)
                        && (Files.size(file) == 0 || DatabaseFile.header(file).isPresent()));
        if (!harmless) {
            throw refused("there is something that is not a SQLite database, and it would be removed", ELSEWHERE);
        }
    }

    private RestoreException refused(String reason, String hint) {
        return new RestoreException(fault(reason, hint));
    }

    private Fault fault(String reason, String hint) {
        return new Fault("use a scratch database for " + live.name(), place, reason, hint);
    }
}
