package dev.kamalbackup.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.kamalbackup.error.StateException;
import dev.kamalbackup.tag.RunId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateFolderTest {
    private static final Instant TIME = Instant.parse("2026-11-23T09:00:00Z");

    @TempDir
    private Path folder;

    private StateFolder state;
    private Path history;

    @BeforeEach
    void prepare() {
        state = new StateFolder(folder.resolve("deep/state"));
        state.prepare();
        history = folder.resolve("deep/state/history.jsonl");
    }

    @Test
    void anUntouchedHistoryHasNoBreaks() throws Exception {
        append(4);

        assertThat(state.history().breaks()).isEmpty();
        assertThat(Files.readAllLines(history)).hasSize(4).allMatch(line -> line.startsWith("{\"schema_version\":1,"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(history)))
                .isEqualTo("rw-------");
    }

    @Test
    void anEditedRemovedOrMovedLineShows() throws Exception {
        append(5);
        List<String> lines = Files.readAllLines(history);

        assertThat(breaks(lines, all -> all.set(1, all.get(1).replace("\"n\":1", "\"n\":9"))))
                .containsExactly(3);
        assertThat(breaks(lines, all -> all.remove(2))).containsExactly(3);
        assertThat(breaks(lines, all -> all.remove(0))).containsExactly(1);
        assertThat(breaks(lines, all -> Collections.swap(all, 1, 2))).containsExactly(2, 3, 4);
    }

    @Test
    void halfALineOfACrashIsNotGluedToTheNext() throws Exception {
        append(1);
        Files.writeString(history, "{\"half", StandardOpenOption.APPEND);

        append(1);

        assertThat(Files.readAllLines(history)).hasSize(3);
        assertThat(state.history().breaks())
                .as("half a line is a break, what follows it is not")
                .containsExactly(2);
    }

    @Test
    void aJournalSurvivesUntilItIsCleared() {
        RunId run = new RunId(TIME);
        Journal journal = state.journal();
        assertThat(journal.unfinished()).isEmpty();

        journal.begin(new Journal.Entry(run, "shop", TIME, 2, List.of()));
        journal.addSaved("aaaa");

        assertThat(state.journal().unfinished()).hasValueSatisfying(found -> {
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
    void theSecondRunIsToldWhoHasTheLock() {
        RunLock first = RunLock.acquire(state, "backup started at 09:00");
        first.useFor(new RunId(TIME));

        assertThatThrownBy(() -> RunLock.acquire(state, "second"))
                .isInstanceOf(StateException.class)
                .hasMessageContaining("backup started at 09:00")
                .hasMessageContaining("process " + ProcessHandle.current().pid());

        first.close();
        try (RunLock next = RunLock.acquire(state, "next")) {
            assertThat(next.lastRun()).contains(new RunId(TIME));
        }
    }

    @Test
    void theLastBackupIsReadBackAndARecordNobodyCanReadMeansThereWasNone() throws Exception {
        assertThat(state.lastBackupFinishedAt()).isEmpty();

        state.writeLastBackup(JsonNodeFactory.instance.objectNode().put("finished_at", TIME.toString()));
        assertThat(state.lastBackupFinishedAt()).contains(TIME);

        Files.writeString(folder.resolve("deep/state/last_backup.json"), "{\"finished_at\": \"soon\"}");
        assertThat(state.lastBackupFinishedAt()).isEmpty();
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

    private void append(int count) {
        for (int i = 0; i < count; i++) {
            state.history().append(JsonNodeFactory.instance.objectNode().put("n", i));
        }
    }

    private List<Integer> breaks(List<String> lines, java.util.function.Consumer<List<String>> change)
            throws Exception {
        List<String> changed = new ArrayList<>(lines);
        change.accept(changed);
        Files.write(history, changed);
        return state.history().breaks();
    }
}
