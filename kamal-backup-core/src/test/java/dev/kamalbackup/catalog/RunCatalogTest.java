package dev.kamalbackup.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kamalbackup.catalog.RecordedRun.Completeness;
import dev.kamalbackup.error.RestoreException;
import dev.kamalbackup.restic.Snapshot;
import dev.kamalbackup.tag.TagSet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunCatalogTest {
    private static final Instant START = Instant.parse("2026-11-23T09:00:00Z");
    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

    private final List<Snapshot> snapshots = new ArrayList<>();

    @Test
    void aRunIsCompleteWithAsManySnapshotsAsItPromised() {
        database(0, "run:20261123T090000Z", "parts:2");
        files(1, "run:20261123T090000Z", "parts:2");
        database(60, "run:20261123T100000Z", "parts:2");

        assertThat(RunCatalog.of(snapshots).runs())
                .extracting(run -> run.id() + " " + run.completeness())
                .containsExactly("20261123T100000Z INCOMPLETE", "20261123T090000Z COMPLETE");
        assertThat(resolve("latest").id()).hasToString("20261123T090000Z");
        assertThat(resolve("20261123T100000Z").completeness()).isEqualTo(Completeness.INCOMPLETE);
    }

    @Test
    void theOrderOfTheListingDoesNotMatter() {
        database(0, "run:20261123T090000Z", "parts:2");
        files(1, "run:20261123T090000Z", "parts:2");
        database(2);
        files(3);
        List<RecordedRun> expected = RunCatalog.of(snapshots).runs();

        Collections.reverse(snapshots);

        assertThat(RunCatalog.of(snapshots).runs()).isEqualTo(expected);
    }

    @Test
    void ofTwoSnapshotsOfOnePartTheLaterStandsUnlessItIsEmpty() {
        database(0, "run:20261123T090000Z", "parts:1");
        Snapshot later = database(1, "run:20261123T090000Z", "parts:1");
        empty(2, "run:20261123T090000Z", "parts:1");

        RecordedRun run = resolve("latest");

        assertThat(run.snapshots()).containsExactly(later);
    }

    @Test
    void anEmptyDumpNeverMakesARunComplete() {
        empty(0, "run:20261123T090000Z", "parts:2");
        files(1, "run:20261123T090000Z", "parts:2");
        empty(60, "run:20261123T100000Z");
        files(61, "run:20261123T100000Z");

        assertThat(RunCatalog.of(snapshots).runs())
                .extracting(RecordedRun::completeness)
                .containsExactly(Completeness.INCOMPLETE_INFERRED, Completeness.INCOMPLETE);
    }

    @Test
    void filesEndARunThatCarriesNoIdAndARepeatedDatabaseBeginsOne() {
        database(0);
        database(10);
        files(11);
        database(20);

        assertThat(RunCatalog.of(snapshots).runs())
                .extracting(run -> run.snapshots().size() + " " + run.completeness())
                .containsExactly("1 INCOMPLETE_INFERRED", "2 COMPLETE_INFERRED", "1 INCOMPLETE_INFERRED");
    }

    @Test
    void anAppThatNeverHadFilesNeedsNoneToBeComplete() {
        database(0);

        assertThat(resolve("latest").completeness()).isEqualTo(Completeness.COMPLETE_INFERRED);
    }

    @Test
    void filesOfTheNextDayAreNotOfTheDumpOfToday() {
        database(0);
        files(13 * 60);

        assertThat(RunCatalog.of(snapshots).runs())
                .hasSize(2)
                .noneMatch(run -> run.completeness().isWhole());
    }

    @Test
    void aSnapshotsIdMeansItsRun() {
        Snapshot database = database(0, "run:20261123T090000Z", "parts:1");

        assertThat(resolve(database.id().substring(0, 12)).id()).hasToString("20261123T090000Z");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "latest           | none of the 1 runs that come into question is complete | the newest runs are: 20261123T090000Z",
                "20261123T090001Z | there is no such run or snapshot                 | the newest runs are: 20261123T090000Z",
                "ffffffff         | there is no such run or snapshot                 | 20261123T090000Z",
                "yesterday        | neither \"latest\", nor a run id                 | 20261123T090000Z",
                "000              | or more digits of a snapshot id                  | 20261123T090000Z"
            })
    void whatCannotBeFoundIsToldWithWhatThereIs(String wanted, String reason, String hint) {
        database(0, "run:20261123T090000Z", "parts:2");

        assertThatThrownBy(() -> resolve(wanted)).isInstanceOfSatisfying(RestoreException.class, failure -> {
            assertThat(failure.fault().reason()).contains(reason);
            assertThat(failure.hint()).contains(hint);
        });
    }

    @Test
    void anIdThatFitsSeveralRunsIsRefused() {
        database(0, "run:20261123T090000Z", "parts:1");
        database(60, "run:20261123T100000Z", "parts:1");

        assertThatThrownBy(() -> resolve("0000")).hasMessageContaining("it fits snapshots of 2 runs");
    }

    @Test
    void aTimeMeansTheNewestWholeRunThatIsNotYounger() {
        database(0, "run:20261123T090000Z", "parts:1");
        database(60, "run:20261123T100000Z", "parts:2");
        database(120, "run:20261123T110000Z", "parts:1");

        assertThat(at("2026-11-23T10:59:59Z").id()).hasToString("20261123T090000Z");
        assertThat(at("2026-11-23T11:00:00Z").id()).hasToString("20261123T110000Z");
        assertThatThrownBy(() -> at("2026-11-23T08:59:59Z"))
                .hasMessageContaining("find run at 2026-11-23T08:59:59Z")
                .hasMessageContaining("every run in the repository is younger");
    }

    /** Once a clock was wrong, what it dated ahead would be the latest for as long. */
    @Test
    void aRunFromTheFutureIsNeverTakenForTheNewest() {
        database(0, "run:20261123T090000Z", "parts:1");
        database(20 * 60, "run:20261124T050000Z", "parts:1");

        assertThatThrownBy(() -> resolve("latest"))
                .hasMessageContaining("20261124T050000Z, lies in the future")
                .hasMessageContaining("clock says 2026-11-23T12:00:00Z");
        assertThatThrownBy(() -> at("2027-01-01T00:00:00Z")).hasMessageContaining("lies in the future");
        assertThat(at("2026-11-23T12:00:00Z").id()).hasToString("20261123T090000Z");
        assertThat(resolve("20261124T050000Z").snapshots()).hasSize(1);
    }

    private RecordedRun resolve(String wanted) {
        return RunCatalog.of(snapshots).resolve(RunChoice.of(wanted), NOW);
    }

    private RecordedRun at(String time) {
        return RunCatalog.of(snapshots).resolve(new RunChoice.At(Instant.parse(time)), NOW);
    }

    private Snapshot database(int minute, String... tags) {
        return add(minute, 100, "type:database", "database:app", tags);
    }

    private Snapshot empty(int minute, String... tags) {
        return add(minute, 0, "type:database", "database:app", tags);
    }

    private Snapshot files(int minute, String... tags) {
        return add(minute, 100, "type:files", "path:data", tags);
    }

    private Snapshot add(int minute, long bytes, String type, String name, String... tags) {
        List<String> all = new ArrayList<>(List.of("kamal-backup", "app:shop", type, name));
        all.addAll(List.of(tags));
        Snapshot snapshot = new Snapshot(
                String.format(Locale.ROOT, "0000%08x%052x", snapshots.size() + 1, 0),
                START.plusSeconds(minute * 60L),
                "shop-backup",
                TagSet.parse(all),
                List.of("/data"),
                List.of(),
                OptionalLong.of(bytes));
        snapshots.add(snapshot);
        return snapshot;
    }
}
