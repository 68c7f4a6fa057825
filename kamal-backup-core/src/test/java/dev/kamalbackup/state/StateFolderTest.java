package dev.kamalbackup.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kamalbackup.error.StateException;
import dev.kamalbackup.tag.RunId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateFolderTest {
    private static final Instant TIME = Instant.parse("2026-11-23T09:00:00Z");

    @TempDir
    private Path folder;

    private StateFolder state;

    @BeforeEach
    void prepare() {
        state = new StateFolder(folder.resolve("deep/state"));
        state.prepare();
    }

    @Test
    void aJournalSurvivesUntilItIsCleared() {
        RunId run = new RunId(TIME);
        Journal journal = state.journal();
        assertThat(journal.unfinished()).isEmpty();

        journal.begin(new Journal.Entry("safety_backup", run, "shop", TIME, 2, List.of()));
        journal.addSaved("aaaa");

        assertThat(state.journal().unfinished()).hasValueSatisfying(found -> {
            assertThat(found.kind()).isEqualTo("safety_backup");
            assertThat(found.run()).isEqualTo(run);
            assertThat(found.saved()).containsExactly("aaaa");
            assertThat(found.isWhole()).isFalse();
        });
        journal.addSaved("bbbb");
        assertThat(state.journal().unfinished().orElseThrow().isWhole()).isTrue();
        journal.clear();
        assertThat(state.journal().unfinished()).isEmpty();
    }

    @Test
    void aDamagedJournalIsAnErrorAndNotNoJournal() throws Exception {
        Files.writeString(folder.resolve("deep/state/run.json"), "{\"run_id\":");

        assertThatThrownBy(() -> state.journal().unfinished())
                .isInstanceOf(StateException.class)
                .hasMessageContaining("it is damaged");
    }

    @Test
    void aDamagedJournalIsPutOutOfTheWayAndKept() throws Exception {
        assertThat(state.journal().setAsideIfDamaged()).isEmpty();
        state.journal().begin(new Journal.Entry("backup", new RunId(TIME), "shop", TIME, 2, List.of()));
        assertThat(state.journal().setAsideIfDamaged()).isEmpty();
        byte[] garbage = {(byte) 0xff, 0, '{'};
        Files.write(folder.resolve("deep/state/run.json"), garbage);

        assertThat(state.journal().setAsideIfDamaged()).hasValue(folder.resolve("deep/state/run.json.damaged"));

        assertThat(state.journal().unfinished()).isEmpty();
        assertThat(folder.resolve("deep/state/run.json.damaged")).hasBinaryContent(garbage);
    }

    @Test
    void whatLeftOnlyItsJournalIsRecordedOnce() {
        state.journal().begin(new Journal.Work("check", TIME, Map.of("subset", "")));
        state.history().append(StateFolder.object().put("kind", "check").put("at", "2026-11-23T09:00:07Z"));
        List<String> warnings = new ArrayList<>();

        RunLock.acquire(state, "backup", Clock.systemUTC(), warnings::add).close();

        assertThat(warnings).isEmpty();
        assertThat(state.history().entries()).hasSize(1);
        assertThat(state.journal().unfinishedWork()).isEmpty();
    }

    @Test
    void whatDiedIsRecordedByWhoeverTakesTheLockNext() {
        RunId half = new RunId(TIME);
        state.journal().begin(new Journal.Entry("safety_backup", half, "shop", TIME, 2, List.of()));
        state.journal().begin(new Journal.Work("restore", TIME, Map.of("scope", "production", "safety_run", "x")));
        List<String> warnings = new ArrayList<>();

        RunLock.acquire(state, "check", Clock.systemUTC(), warnings::add).close();

        assertThat(warnings).singleElement().asString().contains("restore", "2026-11-23T09:00:00Z", "did not end");
        assertThat(state.history().entries()).singleElement().satisfies(line -> {
            assertThat(line.path("kind").asText()).isEqualTo("restore");
            assertThat(line.path("outcome").asText()).isEqualTo("died");
            assertThat(line.path("started_at").asText()).isEqualTo("2026-11-23T09:00:00Z");
            assertThat(line.path("scope").asText()).isEqualTo("production");
            assertThat(line.path("safety_run").asText()).isEqualTo("x");
            assertThat(line.path("reason").asText()).contains("killed");
        });
        // Its snapshots are for a backup to clear up.
        assertThat(state.journal().unfinished().orElseThrow().run()).isEqualTo(half);
        assertThat(state.journal().unfinishedWork()).isEmpty();
        RunLock.acquire(state, "check", Clock.systemUTC(), warnings::add).close();
        assertThat(state.history().entries()).hasSize(1);
    }

    @Test
    void aBackupThatHasPlannedItsRunIsThatRunAndAnythingElseGoesOnBesideIt() {
        Journal journal = state.journal();
        journal.begin(new Journal.Work("backup", TIME, Map.of()));
        journal.begin(new Journal.Entry("backup", new RunId(TIME), "shop", TIME, 2, List.of()));
        assertThat(journal.unfinishedWork()).isEmpty();

        journal.begin(new Journal.Work("restore", TIME, Map.of()));
        journal.begin(new Journal.Entry("safety_backup", new RunId(TIME), "shop", TIME, 2, List.of()));
        journal.clear();
        assertThat(state.journal().unfinishedWork())
                .hasValueSatisfying(work -> assertThat(work.kind()).isEqualTo("restore"));
        journal.endWork();
        assertThat(folder.resolve("deep/state/run.json")).doesNotExist();
    }

    @Test
    void aJournalOfAnOlderVersionIsReadAndAnOlderVersionFindsNoRunInWhatIsNone() throws Exception {
        Path file = folder.resolve("deep/state/run.json");
        Files.writeString(file, """
                {"schema_version":1,"kind":"run_journal","run_kind":"backup","run_id":"20261123T090000Z","app":"shop",\
                "started_at":"2026-11-23T09:00:00Z","parts":2,"saved":["aaaa"]}
                """);
        assertThat(state.journal().unfinished())
                .contains(new Journal.Entry("backup", new RunId(TIME), "shop", TIME, 2, List.of("aaaa")));
        assertThat(state.journal().unfinishedWork()).isEmpty();

        Files.delete(file);
        state.journal().begin(new Journal.Work("restore", TIME, Map.of("run_id", "20261123T090000Z")));
        JsonNode written = StateFolder.parse(Files.readString(file));
        assertThat(written.has("run_id")).isFalse();
        assertThat(written.path("work").path("about").path("run_id").asText()).isEqualTo("20261123T090000Z");
    }

    @Test
    void theSecondRunIsToldWhoHasTheLock() {
        RunLock first = RunLock.acquire(state, "backup", Clock.systemUTC(), warning -> {});
        first.useFor(new RunId(TIME));

        assertThatThrownBy(() -> RunLock.acquire(state, "second", Clock.systemUTC(), warning -> {}))
                .isInstanceOf(StateException.class)
                .hasMessageContaining("backup started at ")
                .hasMessageContaining("process " + ProcessHandle.current().pid());

        first.close();
        try (RunLock next = RunLock.acquire(state, "next", Clock.systemUTC(), warning -> {})) {
            assertThat(next.lastRun()).contains(new RunId(TIME));
        }
    }

    @Test
    void theLastBackupIsReadBackAndARecordNobodyCanReadMeansThereWasNone() throws Exception {
        assertThat(state.lastBackup()).isEmpty();

        state.writeLastBackup(JsonNodeFactory.instance.objectNode().put("finished_at", TIME.toString()));
        assertThat(state.lastBackup()).contains(new LastBackup(TIME, TIME));

        String started = TIME.minusSeconds(60).toString();
        state.writeLastBackup(
                JsonNodeFactory.instance.objectNode().put("started_at", started).put("finished_at", TIME.toString()));
        assertThat(state.lastBackup()).contains(new LastBackup(TIME, TIME.minusSeconds(60)));

        state.writeLastBackup(JsonNodeFactory.instance
                .objectNode()
                .put("started_at", started)
                .put("scheduled_for", TIME.minusSeconds(90).toString())
                .put("finished_at", TIME.toString()));
        assertThat(state.lastBackup()).contains(new LastBackup(TIME, TIME.minusSeconds(90)));

        Files.writeString(folder.resolve("deep/state/last_backup.json"), "{\"finished_at\": \"soon\"}");
        assertThat(state.lastBackup()).isEmpty();
    }

    @Test
    void aCheckOrDrillThatIsNotMadeByScheduleDoesNotShiftIt() {
        Instant scheduled = TIME.minusSeconds(3600);

        state.writeLastCheck(record("failed"), Optional.empty());
        assertThat(state.keptCheck()).as("it has proved nothing").isEmpty();
        state.writeLastCheck(record("ok"), Optional.empty());
        assertThat(state.keptCheck()).as("the only one there is").contains(TIME);
        state.writeLastCheck(record("ok"), Optional.of(scheduled));
        assertThat(state.keptCheck()).contains(scheduled);
        for (String status : List.of("ok", "failed", "ok")) {
            state.writeLastCheck(record(status), Optional.empty());
            assertThat(state.keptCheck()).as(status).contains(scheduled);
        }

        state.writeLastDrill(record("failed"), Optional.empty());
        assertThat(state.keptDrill()).as("whatever came of it").contains(TIME);
        state.writeLastDrill(record("failed"), Optional.of(scheduled));
        state.writeLastDrill(record("ok"), Optional.empty());
        assertThat(state.keptDrill()).contains(scheduled);
    }

    private static ObjectNode record(String status) {
        return JsonNodeFactory.instance.objectNode().put("status", status).put("started_at", TIME.toString());
    }

    @Test
    void recordsAreReadBackAndOneNobodyCanReadIsAnError() throws Exception {
        assertThat(state.lastCheck()).isEmpty();
        assertThat(state.lastDrill()).isEmpty();

        Files.writeString(folder.resolve("deep/state/last_check.json"), "{\"status\": \"ok\"}");
        Files.writeString(folder.resolve("deep/state/last_restore_drill.json"), "[]");

        assertThat(state.lastCheck().orElseThrow().path("status").asText()).isEqualTo("ok");
        assertThatThrownBy(() -> state.lastDrill())
                .isInstanceOf(StateException.class)
                .hasMessageContaining("read the record of the last drill");
    }

    @Test
    void aFolderThatCannotBeUsedIsToldWithWhatToDo() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "precious");

        assertThatThrownBy(() -> new StateFolder(file.resolve("state")).prepare())
                .isInstanceOfSatisfying(StateException.class, failure -> {
                    assertThat(failure.fault().subject()).isEqualTo(file + "/state");
                    assertThat(failure.hint()).contains("state.path");
                });
        assertThat(file).hasContent("precious");
    }

    @Test
    void aWriteThatFailsLeavesTheOldContent() throws Exception {
        Path file = folder.resolve("record");
        AtomicFile.write(file, "old");
        // Something that cannot be replaced stands where the new content is written first.
        Files.createDirectories(folder.resolve("record.new/in-the-way"));

        assertThatThrownBy(() -> AtomicFile.write(file, "new")).isInstanceOf(java.io.IOException.class);

        assertThat(file).hasContent("old");
    }
}
