package dev.kamalbackup.testing;

import dev.kamalbackup.config.DatabaseSettings;
import dev.kamalbackup.error.Fault;
import dev.kamalbackup.error.Problem;
import dev.kamalbackup.error.RestoreException;
import dev.kamalbackup.plan.CommandStep;
import dev.kamalbackup.plan.DumpPlan;
import dev.kamalbackup.plan.DumpProof;
import dev.kamalbackup.plan.DumpScan;
import dev.kamalbackup.plan.DumpSource;
import dev.kamalbackup.plan.Inspection;
import dev.kamalbackup.plan.LoadStep;
import dev.kamalbackup.plan.RestorePlan;
import dev.kamalbackup.plan.RowCount;
import dev.kamalbackup.plan.ScratchPlan;
import dev.kamalbackup.process.ChildEnvironment;
import dev.kamalbackup.process.Command;
import dev.kamalbackup.redact.Secret;
import dev.kamalbackup.spi.AdapterContext;
import dev.kamalbackup.spi.AdapterDescription;
import dev.kamalbackup.spi.DatabaseAdapter;
import dev.kamalbackup.spi.OptionKey;
import dev.kamalbackup.spi.RestoreOptions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * An adapter whose dumper is a shell script given by the test: the way to have dumpers that fail in every manner. A
 * whole dump ends with the line {@code END}.
 */
public final class ScriptAdapter implements DatabaseAdapter {
    private static final DumpProof ENDS_WELL =
            sample -> new String(sample.tail(), StandardCharsets.UTF_8).endsWith("END\n")
                    ? Optional.empty()
                    : Optional.of("the line END is missing");

    public ScriptAdapter() {}

    @Override
    public AdapterDescription description() {
        return new AdapterDescription(
                "script",
                Set.of(),
                "txt",
                List.of(
                        new OptionKey("dump", false, "the script that dumps"),
                        new OptionKey("target", false, "the file a restore writes"),
                        new OptionKey("live", false, "a file that is the database, as SQLite has one"),
                        new OptionKey("rows", false, "the script that counts rows, beside the dump and afterwards"),
                        new OptionKey("restored_rows", false, "the script that counts rows afterwards, if another"),
                        new OptionKey("foreign_keys", false, "the script that counts rows that point nowhere"),
                        new OptionKey("blobs", false, "the script that lists blobs"),
                        new OptionKey("password", true, "given to the script")),
                List.of());
    }

    @Override
    public List<Problem> check(DatabaseSettings settings) {
        return List.of();
    }

    @Override
    public DumpPlan planDump(DatabaseSettings settings, AdapterContext context) {
        ChildEnvironment environment = context.childEnvironment();
        if (settings.secret("password").isPresent()) {
            environment =
                    environment.with("DB_PASSWORD", settings.secret("password").get());
        }
        Command dumper =
                new Command("/bin/bash", List.of("-c", settings.option("dump").orElse("")), environment);
        List<Command> counters = scripts(settings, "rows", context);
        return new DumpPlan(
                location(settings),
                List.of(),
                new DumpSource.Programs(dumper),
                List.of(),
                ENDS_WELL,
                counters.isEmpty() ? new RowCount.None() : new RowCount.Beside(counters, true));
    }

    @Override
    public RestorePlan planRestore(DatabaseSettings target, RestoreOptions options, AdapterContext context) {
        Path dump = context.scratch().resolve("dump.txt");
        Command copy = new Command(
                "cp", List.of(dump.toString(), target.option("target").orElseThrow()), context.childEnvironment());
        return new RestorePlan(
                location(target),
                false,
                dump,
                ENDS_WELL,
                DumpScan.none(),
                List.of(),
                List.of(new LoadStep.Run(CommandStep.of("copy the dump", copy, Duration.ofMinutes(1), ""))),
                List.of());
    }

    @Override
    public Inspection planInspection(DatabaseSettings database, AdapterContext context) {
        return new Inspection(
                location(database),
                scripts(database, database.option("restored_rows").isPresent() ? "restored_rows" : "rows", context),
                scripts(database, "foreign_keys", context),
                scripts(database, "blobs", context));
    }

    /** The place is the path of the file a restore writes. */
    @Override
    public ScratchPlan planScratch(
            DatabaseSettings live, List<DatabaseSettings> all, String place, AdapterContext context) {
        if (all.stream().anyMatch(each -> location(each).equals(place))) {
            throw new RestoreException(new Fault("use a scratch database", place, "it is a live one", "name another"));
        }
        return new ScratchPlan(live.with("target", place), List.of(), List.of(), List.of(Path.of(place)));
    }

    @Override
    public Secret url(DatabaseSettings database, AdapterContext context) {
        return new Secret("script://" + location(database));
    }

    /** What a script finds the restored file by is the variable {@code TARGET}. */
    private List<Command> scripts(DatabaseSettings settings, String option, AdapterContext context) {
        ChildEnvironment environment = context.childEnvironment().with("TARGET", location(settings));
        return settings.option(option).stream()
                .map(script -> new Command("/bin/bash", List.of("-c", script), environment))
                .toList();
    }

    @Override
    public List<Path> liveFiles(DatabaseSettings settings) {
        return settings.option("live").map(Path::of).stream().toList();
    }

    @Override
    public boolean isEmpty(DatabaseSettings database, AdapterContext context) {
        return database.option("target").map(Path::of).filter(Files::exists).isEmpty();
    }

    @Override
    public String location(DatabaseSettings settings) {
        return settings.option("target").orElse("a script");
    }
}
