package dev.kamalbackup.sqlite;

import dev.kamalbackup.config.DatabaseSettings;
import dev.kamalbackup.error.Problem;
import dev.kamalbackup.plan.DumpPlan;
import dev.kamalbackup.plan.Inspection;
import dev.kamalbackup.plan.RestorePlan;
import dev.kamalbackup.plan.ScratchPlan;
import dev.kamalbackup.redact.PercentEncoding;
import dev.kamalbackup.redact.Secret;
import dev.kamalbackup.spi.AdapterContext;
import dev.kamalbackup.spi.AdapterDescription;
import dev.kamalbackup.spi.Concern;
import dev.kamalbackup.spi.DatabaseAdapter;
import dev.kamalbackup.spi.OptionKey;
import dev.kamalbackup.spi.RestoreOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Backs up and restores SQLite databases with the {@code sqlite3} program, while the app uses them. */
public final class SqliteAdapter implements DatabaseAdapter {
    /** Long enough for any sane transaction of an app, short enough for a person at a restore. */
    private static final Duration LOCK_WAIT = Duration.ofMinutes(1);

    private static final AdapterDescription DESCRIPTION = new AdapterDescription(
            "sqlite",
            Set.of("sqlite3"),
            "sqlite3",
            List.of(
                    new OptionKey(DatabaseFile.PATH, false, "The path of the SQLite file."),
                    new OptionKey(DatabaseFile.DATABASE, false, "Another name for path.")),
            List.of(SqliteShell.TOOL));

    private final Duration lockWait;

    /** The adapter as {@link java.util.ServiceLoader} makes it. */
    public SqliteAdapter() {
        this(LOCK_WAIT);
    }

    /** An adapter that waits this long for other processes' locks. */
    SqliteAdapter(Duration lockWait) {
        this.lockWait = lockWait;
    }

    @Override
    public AdapterDescription description() {
        return DESCRIPTION;
    }

    @Override
    public List<Problem> check(DatabaseSettings settings) {
        return DatabaseFile.check(settings);
    }

    @Override
    public DumpPlan planDump(DatabaseSettings settings, AdapterContext context) {
        return new SqliteDump(settings.name(), DatabaseFile.configured(settings), lockWait).plan(context);
    }

    @Override
    public RestorePlan planRestore(DatabaseSettings target, RestoreOptions options, AdapterContext context) {
        return new SqliteRestore(target.name(), DatabaseFile.configured(target), lockWait).plan(context);
    }

    @Override
    public Inspection planInspection(DatabaseSettings database, AdapterContext context) {
        return new SqliteInspection(database.name(), DatabaseFile.configured(database), lockWait).plan(context);
    }

    @Override
    public boolean isEmpty(DatabaseSettings database, AdapterContext context) {
        return new SqliteInspection(database.name(), DatabaseFile.configured(database), lockWait).isEmpty(context);
    }

    @Override
    public ScratchPlan planScratch(
            DatabaseSettings live, List<DatabaseSettings> all, String place, AdapterContext context) {
        return new SqliteScratch(live, all, place).plan();
    }

    @Override
    public Secret url(DatabaseSettings database, AdapterContext context) {
        String file = DatabaseFile.configured(database).toString();
        return new Secret("sqlite3:" + PercentEncoding.encodePath(file));
    }

    @Override
    public String location(DatabaseSettings settings) {
        return check(settings).isEmpty() ? DatabaseFile.configured(settings).toString() : "a SQLite file";
    }

    @Override
    public List<Path> liveFiles(DatabaseSettings settings) {
        if (!check(settings).isEmpty()) {
            return List.of();
        }
        Path configured = DatabaseFile.configured(settings);
        return Stream.of(configured, resolvedIfPossible(configured))
                .distinct()
                .flatMap(DatabaseFile::withSideFiles)
                .toList();
    }

    @Override
    public List<Concern> concerns(DatabaseSettings settings, AdapterContext context) {
        try {
            Path file = DatabaseFile.configured(settings).toRealPath();
            return DatabaseFile.header(file)
                    .map(header -> mounts().concerns(file, header))
                    .orElse(List.of());
        } catch (IOException unreadable) {
            // planDump says so, and better.
            return List.of();
        }
    }

    private static WalMount mounts() {
        try {
            return WalMount.ofThisProcess();
        } catch (IOException untold) {
            throw new UncheckedIOException("the mounts of this system cannot be told", untold);
        }
    }

    private static Path resolvedIfPossible(Path configured) {
        try {
            return DatabaseFile.resolve(configured);
        } catch (IOException unreachable) {
            // A copy of the files is made by the same user and cannot reach it either; the dump tells the reason.
            return configured;
        }
    }
}
