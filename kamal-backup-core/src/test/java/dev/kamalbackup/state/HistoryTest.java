package dev.kamalbackup.state;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class HistoryTest {
    private static final int LINES = 12;

    @TempDir
    private Path folder;

    private Path file;
    private Path head;
    private History history;

    @BeforeEach
    void prepare() {
        file = folder.resolve("history.jsonl");
        head = folder.resolve("history.head");
        history = new StateFolder(folder).history();
    }

    @Test
    void anUntouchedHistoryIsIntact() throws Exception {
        assertThat(history.prove()).isEqualTo(new HistoryProof(0, List.of(), List.of()));

        append(LINES);

        assertThat(history.prove()).isEqualTo(new HistoryProof(LINES, List.of(), List.of()));
        assertThat(lines()).hasSize(LINES).allMatch(line -> line.startsWith("{\"schema_version\":1,"));
        for (Path each : List.of(file, head)) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(each)))
                    .isEqualTo("rw-------");
        }
    }

    @ParameterizedTest
    @MethodSource("tamperings")
    void whateverIsDoneToAnyLineIsFound(String name, Tampering tampering, int index) throws Exception {
        append(LINES);
        tamper(tampering, index);

        HistoryProof proof = history.prove();

        assertThat(proof.isIntact()).isFalse();
        assertThat(proof.breaks())
                .as("told at the line itself or at its neighbours")
                .anySatisfy(found -> assertThat(found.line()).isBetween(index, index + 2));

        append(3);
        assertThat(history.prove().isIntact())
                .as("still, after more was written")
                .isFalse();
    }

    static Stream<Arguments> tamperings() {
        Map<String, Tampering> kinds = new TreeMap<>();
        kinds.put("edited", (lines, i) -> lines.set(i, lines.get(i).replace("\"n\":", "\"n\":7")));
        kinds.put("a blank in it", (lines, i) -> lines.set(i, lines.get(i).replace("\"n\":", "\"n\": ")));
        kinds.put("renumbered", (lines, i) -> lines.set(i, lines.get(i).replace("\"line\":", "\"line\":1")));
        kinds.put("removed", (lines, i) -> lines.remove(i));
        kinds.put(
                "removed with all behind it",
                (lines, i) -> lines.subList(i, lines.size()).clear());
        kinds.put("emptied", (lines, i) -> lines.set(i, ""));
        kinds.put(
                "halved",
                (lines, i) ->
                        lines.set(i, lines.get(i).substring(0, lines.get(i).length() / 2)));
        kinds.put("no link", (lines, i) -> lines.set(i, lines.get(i).replaceAll(",\"previous\":\"[0-9a-f]+\"", "")));
        kinds.put("doubled", (lines, i) -> lines.add(i, lines.get(i)));
        kinds.put("swapped", (lines, i) -> Collections.swap(lines, i, i == 0 ? 1 : i - 1));
        kinds.put("moved", (lines, i) -> lines.add(i == 0 ? 2 : 0, lines.remove(i)));
        kinds.put("a line before it", (lines, i) -> lines.add(i, "{\"n\":5,\"previous\":\"" + "0".repeat(64) + "\"}"));
        return kinds.entrySet().stream()
                .flatMap(kind ->
                        IntStream.range(0, LINES).mapToObj(i -> Arguments.of(kind.getKey(), kind.getValue(), i)));
    }

    @Test
    void whatIsMissingIsCounted() throws Exception {
        append(LINES);
        List<String> all = lines();

        tamper((lines, i) -> lines.subList(3, 5).clear(), 0);
        assertThat(history.prove().breaks())
                .containsExactly(
                        new HistoryProof.Break(4, "it was written as line 6: lines 4 to 5 are missing before it"));

        Files.write(file, all.subList(0, 9));
        assertThat(history.prove().breaks())
                .containsExactly(new HistoryProof.Break(10, "lines 10 to 12 are missing at the end, by history.head"));

        Files.delete(file);
        assertThat(history.prove().breaks())
                .containsExactly(new HistoryProof.Break(1, "lines 1 to 12 are missing at the end, by history.head"));
    }

    @Test
    void aCrashBetweenALineAndTheHeadIsToldAndMendsItself() throws Exception {
        append(3);
        byte[] before = Files.readAllBytes(head);
        append(1);
        Files.write(head, before);

        assertThat(history.prove().isIntact()).isTrue();
        assertThat(history.prove().notes())
                .singleElement()
                .asString()
                .contains("line 4 is one more than history.head knows");

        append(1);
        assertThat(history.prove()).isEqualTo(new HistoryProof(5, List.of(), List.of()));
    }

    @Test
    void aHeadThatIsTwoLinesBehindIsNoCrash() throws Exception {
        append(3);
        byte[] before = Files.readAllBytes(head);
        append(2);
        Files.write(head, before);

        assertThat(history.prove().breaks())
                .singleElement()
                .satisfies(found -> assertThat(found.problem()).contains("history.head knows as line 3"));
    }

    @Test
    void halfALineOfACrashIsToldAndNotGluedToTheNext() throws Exception {
        append(2);
        Files.writeString(file, "{\"half", StandardOpenOption.APPEND);
        assertThat(history.prove().isIntact()).isTrue();
        assertThat(history.prove().notes()).anyMatch(note -> note.contains("line 3 is not whole"));

        append(1);
        Files.writeString(file, "{\"half", StandardOpenOption.APPEND);
        append(2);

        assertThat(lines()).hasSize(7);
        assertThat(history.prove().breaks()).isEmpty();
        assertThat(history.prove().notes())
                .containsExactly(
                        "line 3 is not whole: a full disk or a crash cut it off; what it said is lost. The line behind it"
                                + " was written when it already was so",
                        "line 5 is not whole: a full disk or a crash cut it off; what it said is lost. The line behind it"
                                + " was written when it already was so");
        assertThat(history.entries()).hasSize(5);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void theLinesBeforeHalfALineAreProvedAllTheSame(int index) throws Exception {
        append(2);
        Files.writeString(file, "{\"half", StandardOpenOption.APPEND);
        append(2);

        tamper((lines, i) -> lines.set(i, lines.get(i).replace("{", "{ ")), index);

        assertThat(history.prove().isIntact()).isFalse();
    }

    @Test
    void halfACharacterIsNoReasonNotToReadTheRest() throws Exception {
        append(1);
        Files.write(file, new byte[] {'{', '"', (byte) 0xc3}, StandardOpenOption.APPEND);
        append(1);

        assertThat(history.entries()).hasSize(2);
        assertThat(history.prove().isIntact()).isTrue();
    }

    @Test
    void aHeadThatIsGoneOrDamagedIsFoundAndStaysFound() throws Exception {
        append(3);
        Files.delete(head);
        assertThat(history.prove().breaks())
                .extracting(HistoryProof.Break::problem)
                .anyMatch(problem -> problem.startsWith("history.head is missing"));
        append(2);
        assertThat(history.prove().breaks())
                .containsExactly(new HistoryProof.Break(4, "history.head was missing when it was written"));

        Files.writeString(head, "{\"lines\":");
        append(1);
        assertThat(history.prove().breaks())
                .contains(new HistoryProof.Break(6, "history.head was unreadable when it was written"));
    }

    @Test
    void aHistoryFromBeforeThereWereHeadsIsProvedByItsChainAndGetsOne() throws Exception {
        String previous = "0".repeat(64);
        for (int i = 0; i < 3; i++) {
            String line = "{\"schema_version\":1,\"n\":" + i + ",\"previous\":\"" + previous + "\"}";
            Files.writeString(file, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            previous = HistoryLines.hash(List.of(line.getBytes(StandardCharsets.UTF_8)));
        }
        assertThat(history.prove().isIntact()).isTrue();
        assertThat(history.prove().notes()).singleElement().asString().contains("by their chain alone");

        append(1);
        assertThat(history.prove()).isEqualTo(new HistoryProof(4, List.of(), List.of()));

        tamper((lines, i) -> lines.remove(i), 1);
        assertThat(history.prove().isIntact()).isFalse();
    }

    @Test
    void aLineLongerThanWhatIsReadFromTheEndIsLinkedToAsWell() throws Exception {
        for (int i = 0; i < 4; i++) {
            history.append(JsonNodeFactory.instance.objectNode().put("long", "x".repeat(100_000)));
        }
        Files.writeString(file, "{\"half", StandardOpenOption.APPEND);
        append(2);

        assertThat(history.prove().breaks()).isEmpty();
        assertThat(history.lines()).hasSize(7);
    }

    private void append(int count) {
        for (int i = 0; i < count; i++) {
            history.append(JsonNodeFactory.instance.objectNode().put("n", i));
        }
    }

    private List<String> lines() throws Exception {
        return Files.readAllLines(file);
    }

    private void tamper(Tampering tampering, int index) throws Exception {
        List<String> lines = new ArrayList<>(lines());
        tampering.with(lines, index);
        Files.write(file, lines);
    }

    /** What somebody does to the line of this index. */
    @FunctionalInterface
    interface Tampering {
        void with(List<String> lines, int index);
    }
}
