package dev.kamalbackup.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kamalbackup.config.DatabaseSettings;
import dev.kamalbackup.drill.Blob;
import dev.kamalbackup.drill.Inspector;
import dev.kamalbackup.error.KamalBackupException;
import dev.kamalbackup.error.RestoreException;
import dev.kamalbackup.plan.CommandStep;
import dev.kamalbackup.plan.Inspection;
import dev.kamalbackup.plan.ScratchPlan;
import dev.kamalbackup.plan.TableRows;
import dev.kamalbackup.process.Cancellation;
import dev.kamalbackup.process.Command;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What every adapter promises to a drill: counts to compare, a look that changes nothing, a database to throw away. */
public abstract class DatabaseAdapterContractDrills extends DatabaseAdapterContractTrials {
    private final Cancellation cancellation = new Cancellation();

    DatabaseAdapterContractDrills() {}

    /** What {@link DatabaseAdapter#planScratch} would be told for this database: its name or its path. */
    protected abstract String place(DatabaseSettings database);

    /** The place of a scratch database that is not there and may be made. */
    protected abstract String freePlace();

    @Test
    void theRowsCountedDuringADumpAreThoseThatARestoreBringsBack() throws Exception {
        DatabaseSettings source = source();
        DatabaseSettings target = target();
        Path dump = folder.resolve("counted");

        TableRows counted = countedDump(source, dump);
        restore(dump, target, "restore");

        assertThat(counted.tables()).isNotEmpty();
        assertThat(counted.tables().values())
                .anySatisfy(rows -> assertThat(rows).isPositive());
        assertThat(rows(target).tables()).isEqualTo(counted.tables());
        assertThat(rows(source).tables()).isEqualTo(counted.tables());
    }

    @Test
    void lookingChangesNothingAndShowsNoSecret() throws Exception {
        DatabaseSettings source = source();
        String before = content(source);
        AdapterContext context = context(
                Files.createDirectory(folder.resolve("look")).getFileName().toString());
        Inspection inspection = adapter().planInspection(source, context);
        Inspector inspector = new Inspector(launcher());
        List<Blob> blobs = new ArrayList<>();

        inspector.rows(inspection, true, cancellation);
        inspector.danglingRows(inspection, cancellation);
        inspector.blobs(inspection, blobs::add, cancellation);

        assertThat(content(source)).isEqualTo(before);
        assertThat(inspection.location()).isEqualTo(adapter().location(source));
        assertThat(Stream.of(inspection.rows(), inspection.foreignKeys(), inspection.blobs())
                        .flatMap(List::stream))
                .isNotEmpty()
                .allSatisfy(DatabaseAdapterContractDrills::holdsNoSecret);
    }

    @Test
    void aScratchDatabaseIsMadeFilledAndThrownAway() throws Exception {
        DatabaseSettings source = source();
        String before = content(source);
        Path dump = folder.resolve("counted");
        TableRows counted = countedDump(source, dump);

        ScratchPlan plan = adapter().planScratch(source, List.of(source), freePlace(), context("scratch"));
        DatabaseSettings scratch = plan.database();

        assertThat(Stream.concat(plan.create().stream(), plan.drop().stream()).map(CommandStep::command))
                .allSatisfy(DatabaseAdapterContractDrills::holdsNoSecret);
        assertThat(plan.toString()).doesNotContain(CANARY);
        assertThat(adapter().location(scratch)).isNotEqualTo(adapter().location(source));
        assertThat(place(scratch)).isEqualTo(freePlace());
        assertThat(adapter().check(scratch)).isEmpty();
        assertThatThrownBy(() -> dump(scratch)).as("not there yet").isInstanceOf(KamalBackupException.class);

        carryOut(plan.create());
        restore(dump, scratch, "restore");
        assertThat(rows(scratch).tables()).isEqualTo(counted.tables());

        carryOut(plan.drop());
        for (Path file : plan.files()) {
            Files.deleteIfExists(file);
        }
        assertThatThrownBy(() -> dump(scratch)).as("gone").isInstanceOf(KamalBackupException.class);
        assertThat(content(source)).isEqualTo(before);
    }

    @Test
    void aScratchDatabaseThatIsThereIsEmptiedOrRemoved() throws Exception {
        DatabaseSettings source = source();
        DatabaseSettings other = target();
        ScratchPlan plan = adapter().planScratch(source, List.of(source), place(other), context("scratch"));

        carryOut(plan.create());
        restore(dump(source), plan.database(), "restore");
        assertThat(content(other)).isEqualTo(content(source));

        carryOut(plan.drop());
        for (Path file : plan.files()) {
            Files.deleteIfExists(file);
        }
        if (plan.files().isEmpty()) {
            assertThat(rows(other).tables()).isEmpty();
        }
    }

    @Test
    void aLiveDatabaseIsNeverAScratchDatabase() throws Exception {
        DatabaseSettings source = source();
        DatabaseSettings other = target();

        for (String place : List.of(place(source), place(other))) {
            assertThatThrownBy(() -> adapter().planScratch(source, List.of(source, other), place, context("scratch")))
                    .as(place)
                    .isInstanceOfSatisfying(RestoreException.class, refused -> {
                        assertThat(refused.fault().reason()).contains("configured database");
                        assertThat(refused.hint()).isNotBlank();
                    });
        }
        assertThatThrownBy(() -> adapter().planScratch(source, List.of(other), place(source), context("scratch")))
                .as("also if nobody says so")
                .isInstanceOf(RestoreException.class);
        assertThatThrownBy(() ->
                        adapter().planScratch(source, List.of(source), freePlace() + "-production", context("scratch")))
                .hasMessageContaining("looks like production");
        assertThatThrownBy(() -> adapter().planScratch(source, List.of(source), " ", context("scratch")))
                .isInstanceOf(RestoreException.class);
    }

    @Test
    void theUrlIsNotSeenAndLeadsToTheSameDatabase() throws Exception {
        DatabaseSettings source = source();

        assertThat(adapter().url(source, context("scratch"))).hasToString("[REDACTED]");
        assertThat(adapter().url(source, context("scratch")).reveal()).contains(":");
        if (adapter().description().options().stream()
                .anyMatch(option -> option.name().equals("url"))) {
            DatabaseSettings byUrl = DatabaseSettings.of(source.name(), source.adapter())
                    .with("url", adapter().url(source, context("scratch")));
            assertThat(adapter().check(byUrl)).isEmpty();
            assertThat(adapter().location(byUrl)).isEqualTo(adapter().location(source));
            assertThat(rows(byUrl)).isEqualTo(rows(source));
        }
    }

    private TableRows rows(DatabaseSettings database) throws Exception {
        String scratch = Files.createTempDirectory(folder, "look").getFileName().toString();
        return new Inspector(launcher()).rows(adapter().planInspection(database, context(scratch)), true, cancellation);
    }

    private static void holdsNoSecret(Command command) {
        assertThat(command.line()).noneMatch(argument -> argument.contains(CANARY));
        assertThat(command.environment().names()).doesNotContainAnyElementsOf(NOT_FOR_THE_ADAPTER.keySet());
    }
}
